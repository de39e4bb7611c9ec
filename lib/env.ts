import { availableParallelism } from "node:os";
import path from "node:path";
import { z } from "zod";
import { levels } from "#lib/log.ts";
import { groupRules } from "#lib/people/group-rules.ts";
import { isThisMachine } from "#lib/people/rules.ts";

const isTimeZone = (zone: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
};

const wholeNumber = (from: number, to: number, sentence: string) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to, sentence)
    .transform(Number);

const url = (protocols: string[], sentence: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: sentence,
    abort: true,
  });

/** "Kept <kept@example.org>" or the address alone, as letters show it. A name with signs that headers give a meaning is refused. */
const sender = /^(?:(?<name>[^\p{Cc}<>"@,;:\\]{1,80}?) *<(?<within>[^<>\s]{3,254})>|(?<alone>[^<>\s]{3,254}))$/u;

const settings = z
  .object({
    PORT: wholeNumber(1, 65_535, "PORT is not a port number from 1 to 65535.").default(3000),
    KEPT_DATA: z
      .string()
      .default(".kept")
      .transform((folder) => path.resolve(folder)),
    DATABASE_URL: url(
      ["postgres:", "postgresql:"],
      "DATABASE_URL is not the address of a PostgreSQL database, such as postgresql://user:password@host:5432/kept.",
    ).optional(),
    KEPT_URL: url(["http:", "https:"], "KEPT_URL is not the address people open, such as https://kept.example.org.")
      .refine(
        (text) => new URL(text).pathname === "/",
        "KEPT_URL has a path, and Kept has to stand at the root of its address.",
      )
      .transform((text) => new URL(text).origin)
      .optional(),
    KEPT_SECRET: z
      .string()
      .min(32, "KEPT_SECRET is shorter than 32 characters: take random ones, such as openssl rand -base64 32 gives.")
      .optional(),
    KEPT_ADMIN_EMAIL: z.email("KEPT_ADMIN_EMAIL is not an e-mail address.").optional(),
    KEPT_ADMIN_PASSWORD: z.string().min(8, "KEPT_ADMIN_PASSWORD is shorter than 8 characters.").optional(),
    KEPT_WORKERS: wholeNumber(1, 64, "KEPT_WORKERS is not a number of processes from 1 to 64.").default(
      Math.max(2, availableParallelism()),
    ),
    KEPT_POOL: wholeNumber(1, 100, "KEPT_POOL is not a number of connections from 1 to 100.").default(8),
    KEPT_TRUST_PROXY: wholeNumber(
      0,
      9,
      "KEPT_TRUST_PROXY is not the number of proxies in front of Kept whose forwarding headers are true: 0 (none) to 9.",
    ).default(0),
    KEPT_TIME_ZONE: z
      .string()
      .refine(isTimeZone, "KEPT_TIME_ZONE is not the name of a time zone, such as Asia/Ho_Chi_Minh.")
      .default("Asia/Ho_Chi_Minh"),
    SMTP_URL: url(
      ["smtp:", "smtps:"],
      "SMTP_URL is not the address of a mail server, such as smtps://user:password@mail.example.org.",
    )
      .refine((text) => isMailServer(new URL(text)), {
        error:
          "SMTP_URL needs a host, may have a user, a password (percent-encoded) and a port, and has room for nothing else.",
        abort: true,
      })
      .optional(),
    KEPT_MAIL_FROM: z
      .string()
      .transform((text) => sender.exec(text.trim())?.groups ?? {})
      .refine(({ within, alone }) => z.regexes.email.test(within ?? alone ?? ""), {
        error: "KEPT_MAIL_FROM is not a sender of mail, such as Kept <kept@example.org>.",
      })
      .transform(({ name = "Kept", within, alone }) => ({ name, address: within ?? alone ?? "" }))
      .optional(),
    KEPT_WORKER: z
      .enum(["on", "off"], "KEPT_WORKER is neither on nor off: whether npm start plans and sends reminders, too.")
      .default("on"),
    KEPT_LEASE: wholeNumber(
      2,
      3600,
      "KEPT_LEASE is not a number of seconds from 2 to 3600: for how long what a worker has taken on is its alone.",
    ).default(300),
    KEPT_API_RATE: wholeNumber(
      1,
      1_000_000,
      "KEPT_API_RATE is not a number of requests from 1 to 1000000: how many one person may send to the API in a minute.",
    ).default(600),
    KEPT_WEBHOOKS_PRIVATE: z
      .enum(
        ["refused", "allowed"],
        "KEPT_WEBHOOKS_PRIVATE is neither refused nor allowed: whether webhooks may lead to addresses of your own network.",
      )
      .default("refused"),
    KEPT_OIDC_ISSUER: url(
      ["http:", "https:"],
      "KEPT_OIDC_ISSUER is not the address of an OpenID Connect issuer, such as https://login.example.org.",
    )
      .refine((text) => isIssuer(new URL(text)), {
        error:
          "KEPT_OIDC_ISSUER has to begin with https:// (http:// is for a provider on this machine) and to have no ? or #.",
      })
      .optional(),
    KEPT_OIDC_CLIENT_ID: z.string().max(500).optional(),
    KEPT_OIDC_CLIENT_SECRET: z.string().max(2000).optional(),
    KEPT_OIDC_NAME: z.string().max(60, "KEPT_OIDC_NAME is longer than 60 letters.").optional(),
    KEPT_OIDC_GROUPS: z
      .string()
      .refine((text) => groupRules(text) !== null, {
        error:
          "KEPT_OIDC_GROUPS is not a list such as kept-admins=admin,lao-desk=viet-nam-laos:manager; roles are viewer, editor and manager.",
      })
      .optional(),
    KEPT_OIDC_SECOND_FACTOR: z
      .enum(["ours", "trusted"], "KEPT_OIDC_SECOND_FACTOR is neither ours nor trusted: whose second factor counts.")
      .default("ours"),
    KEPT_LOG: z.enum(levels, `KEPT_LOG is not a level of the log: ${levels.join(", ")}.`).default("warn"),
    KEPT_DIST: z
      .string()
      .regex(/^\.next[\w.-]*$/, "KEPT_DIST is not a folder name that begins with .next.")
      .default(".next"),
  })
  .refine((env) => Boolean(env.KEPT_ADMIN_EMAIL) === Boolean(env.KEPT_ADMIN_PASSWORD), {
    message: "KEPT_ADMIN_EMAIL and KEPT_ADMIN_PASSWORD go together, and only one of them is set.",
  })
  .refine((env) => Boolean(env.KEPT_OIDC_ISSUER) === Boolean(env.KEPT_OIDC_CLIENT_ID), {
    message: "KEPT_OIDC_ISSUER and KEPT_OIDC_CLIENT_ID go together, and only one of them is set.",
  })
  .refine((env) => env.SMTP_URL === undefined || env.KEPT_MAIL_FROM !== undefined, {
    message:
      "SMTP_URL is set, and KEPT_MAIL_FROM has to say from whom the mail comes, such as Kept <kept@example.org>.",
  });

/** Options in the address could turn off what keeps mail safe on its way. */
function isMailServer({ hostname, pathname, search, hash, username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
  } catch {
    return false;
  }
  return hostname !== "" && (pathname === "" || pathname === "/") && search === "" && hash === "";
}

/** What goes over a line that others may read must be sealed by it. */
function isIssuer({ protocol, hostname, search, hash }: URL): boolean {
  return search === "" && hash === "" && (protocol === "https:" || isThisMachine(hostname));
}

/** The app's settings: names as in the environment, values parsed, folders absolute, KEPT_URL an origin. */
export type Env = z.output<typeof settings>;

/** Reads the settings; an empty value counts as unset. Gives one sentence for each value that is wrong. */
export function readEnv(source: Record<string, string | undefined>): { env: Env } | { problems: string[] } {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const { success, data, error } = settings.safeParse(given);
  return success ? { env: data } : { problems: [...new Set(error.issues.map((issue) => issue.message))] };
}
