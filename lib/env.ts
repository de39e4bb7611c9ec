import { availableParallelism } from "node:os";
import path from "node:path";
import { z } from "zod";

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
    KEPT_ADMIN_EMAIL: z.email("KEPT_ADMIN_EMAIL is not an e-mail address.").optional(),
    KEPT_ADMIN_PASSWORD: z.string().min(8, "KEPT_ADMIN_PASSWORD is shorter than 8 characters.").optional(),
    KEPT_WORKERS: wholeNumber(1, 64, "KEPT_WORKERS is not a number of processes from 1 to 64.").default(
      Math.max(2, availableParallelism()),
    ),
    KEPT_TRUST_PROXY: wholeNumber(
      0,
      9,
      "KEPT_TRUST_PROXY is not the number of proxies in front of Kept whose forwarding headers are true: 0 (none) to 9.",
    ).default(0),
    KEPT_TIME_ZONE: z
      .string()
      .refine(isTimeZone, "KEPT_TIME_ZONE is not the name of a time zone, such as Asia/Ho_Chi_Minh.")
      .default("Asia/Ho_Chi_Minh"),
    KEPT_DIST: z
      .string()
      .regex(/^\.next[\w.-]*$/, "KEPT_DIST is not a folder name that begins with .next.")
      .default(".next"),
  })
  .refine((env) => Boolean(env.KEPT_ADMIN_EMAIL) === Boolean(env.KEPT_ADMIN_PASSWORD), {
    message: "KEPT_ADMIN_EMAIL and KEPT_ADMIN_PASSWORD go together, and only one of them is set.",
  });

/** The app's settings: names as in the environment, values parsed, folders absolute, KEPT_URL an origin. */
export type Env = z.output<typeof settings>;

/** Reads the settings; an empty value counts as unset. Gives one sentence for each value that is wrong. */
export function readEnv(source: Record<string, string | undefined>): { env: Env } | { problems: string[] } {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const { success, data, error } = settings.safeParse(given);
  return success ? { env: data } : { problems: [...new Set(error.issues.map((issue) => issue.message))] };
}
