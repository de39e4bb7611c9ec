import { systemActor } from "#lib/actor.ts";
import { InvalidInput, RuleBroken } from "#lib/errors.ts";
import { translateKey, translator } from "#lib/i18n/translator.ts";
import { StartError } from "#lib/start/problem.ts";
import { offerSetUp, setUpByEnvironment } from "./links.ts";
import { linkHours } from "./rules.ts";

type Options = {
  env: { KEPT_ADMIN_EMAIL?: string | undefined; KEPT_ADMIN_PASSWORD?: string | undefined };
  /** Where the app is, without a slash at the end. */
  url: string;
  log: (line: string) => void;
  now?: Date;
};

const setup = systemActor("set-up");

/**
 * Sees to it that somebody can come in: where nobody can yet, makes the admin whom the environment names, or else prints
 * a one-time link. Each start prints a new one, and the ones before are void. With people there, it does nothing.
 * @throws StartError when the environment's admin cannot be made of what it says
 */
export async function ensureFirstAdmin({ env, url, log, now = new Date() }: Options): Promise<void> {
  const { KEPT_ADMIN_EMAIL: email, KEPT_ADMIN_PASSWORD: password } = env;
  if (!email || !password) {
    const token = await offerSetUp(setup, {}, { now });
    if (token)
      log(
        `Nobody can sign in yet. Make the first account within ${linkHours.first_admin} hours: ${url}/setup/${token}`,
      );
    return;
  }
  try {
    const admin = await setUpByEnvironment(setup, { name: email.split("@")[0], email, password }, { now });
    log(`The first account is ${admin.email}, with the password of KEPT_ADMIN_PASSWORD.`);
  } catch (error) {
    if (error instanceof RuleBroken) return;
    if (!(error instanceof InvalidInput)) throw error;
    throw new StartError(sentenceOf(error));
  }
}

function sentenceOf({ fields }: InvalidInput): string {
  const t = translator("en");
  const names: Record<string, string> = { email: "KEPT_ADMIN_EMAIL", password: "KEPT_ADMIN_PASSWORD" };
  return Object.entries(fields)
    .flatMap(([field, keys]) => keys.map((key) => `${names[field] ?? field}: ${translateKey(t, key)}`))
    .join("\n");
}
