import { z } from "zod";
import { locales } from "#lib/i18n/locales.ts";
import { key, line, name, uuid } from "#lib/text.ts";

/** What people type about people: one shape for forms, server and scripts. Issues are message keys. */

export const memberRoles = ["viewer", "editor", "manager"] as const;

export const roles = [...memberRoles, "admin"] as const;

/**
 * An address as it is kept: trimmed, lower case. Normalised first and validated after: a character that only becomes
 * "@" or "." by compatibility folding (U+FF20, U+FF0E) is refused, not folded, because another program may fold it.
 */
export const email = z
  .string({ error: "people.errors.email" })
  .max(1000, "people.errors.email")
  .transform((text) => text.trim())
  .refine((text) => text.isWellFormed() && text.normalize("NFKC") === text, {
    error: "people.errors.emailCharacters",
    abort: true,
  })
  .transform((text) => text.toLowerCase())
  .refine((text) => text.length <= 254 && z.regexes.email.test(text), "people.errors.email");

const passwordLength = { least: 8, most: 200 } as const;

/** A password as it is hashed: NFC, so that two keyboards that compose accents differently give the same one. */
export const normalPassword = (text: string) => text.normalize("NFC");

const letters = (text: string) => [...text].length;

/** A password to be set. Whether it is easily guessed is asked on the server (lib/people/passwords.ts). */
export const newPassword = z
  .string({ error: "people.errors.passwordMissing" })
  .max(2000, "people.errors.passwordLong")
  .refine((text) => text.isWellFormed(), { error: "errors.text.characters", abort: true })
  .transform(normalPassword)
  .refine((text) => letters(text) >= passwordLength.least, "people.errors.passwordShort")
  .refine((text) => letters(text) <= passwordLength.most, "people.errors.passwordLong");

/** A password to be checked: anything of a sane size. */
export const presentPassword = z
  .string({ error: "people.errors.passwordMissing" })
  .min(1, "people.errors.passwordMissing")
  .max(2000, "people.errors.passwordLong")
  .refine((text) => text.isWellFormed(), "errors.text.characters");

/** A code as somebody types it: of an app, or a recovery code. */
export const codeInput = z
  .string({ error: "security.errors.codeMissing" })
  .min(1, "security.errors.codeMissing")
  .max(100, "security.errors.code");

export const personName = name(120);
/** By portfolio; an empty choice of a form is no membership. */
const memberships = z
  .record(key, z.enum([...memberRoles, ""], { error: "people.errors.role" }), { error: "people.errors.role" })
  .refine((roles) => Object.keys(roles).length <= 500, "people.errors.role")
  .transform((roles) => {
    const held = Object.entries(roles).flatMap(([portfolioId, role]) =>
      role === "" ? [] : [[portfolioId, role] as const],
    );
    return Object.fromEntries(held);
  });
const version = z.int({ error: "people.errors.choice" }).positive({ error: "people.errors.choice" });

/** An empty choice of a form means: none. */
const optionalChoice = <T extends z.ZodType>(choice: T) =>
  z.union([z.null(), z.literal("").transform(() => null), choice], { error: "people.errors.choice" });

const agencyId = optionalChoice(key);
const locale = optionalChoice(z.enum(locales));

export const firstAdminInput = z.strictObject({ name: personName, email, password: newPassword });

const secret = z.string({ error: "errors.id" }).max(200, "errors.id");

export const setUpInput = firstAdminInput.extend({ token: secret });

export const setPasswordInput = z.strictObject({ token: secret, password: newPassword });

export const createInput = z.strictObject({
  name: personName,
  email,
  admin: z.boolean({ error: "people.errors.choice" }),
  roles: memberships,
  agencyId,
  locale,
});

export const updateInput = createInput.extend({ id: uuid, version });

export const personInput = z.strictObject({ id: uuid });

/** `email`: of whoever takes over. */
export const handOverInput = z.strictObject({ id: uuid, email });

export const ownInput = z.strictObject({ version, name: personName, locale });

export const localeInput = z.strictObject({ locale: z.enum(locales, { error: "people.errors.choice" }) });

export const changePasswordInput = z.strictObject({ present: presentPassword, password: newPassword });

export const tokenInput = z.strictObject({ email, label: line(80), days: z.int().positive().max(3650).nullable() });

/** For how many days somebody may have a token of their own. */
export const tokenDays = ["30", "90", "365"] as const;

/** `access`: reading, or also changing, as far as the person may. */
export const ownTokenInput = z.strictObject({
  label: name(80),
  access: z.enum(["read", "write"], { error: "people.errors.choice" }),
  days: z.enum(tokenDays, { error: "people.errors.choice" }).transform(Number),
});

/** What the list of people can be narrowed by. */
export const peopleFilter = z.object({
  q: line(100).catch(""),
  state: z.enum(["all", "enabled", "disabled"]).catch("enabled"),
  agency: key.catch(""),
  after: z.string().max(600).catch(""),
});
