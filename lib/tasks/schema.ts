import { z } from "zod";
import { reportFormats } from "#lib/reports/formats.ts";
import { requestSchema } from "#lib/reports/request.ts";
import { key, type Texts, uuid } from "#lib/text.ts";
import type { TaskKind, TaskState } from "#prisma/generated/enums.ts";

/** What long work there is, and what each kind has to know. Issues are message keys. */

const format = z.enum(reportFormats, { error: "errors.choice" });

/** A report as a file, or what a schedule would send, sent to who asks alone. */
export const reportWork = z.union([
  z.strictObject({ request: requestSchema, as: format }),
  z.strictObject({ scheduleId: uuid }),
]);
type ReportWork = z.output<typeof reportWork>;

/** An import whose preview somebody has seen (lib/importing/schema.ts). */
export const importWork = z.strictObject({
  importId: uuid,
  version: z.int({ error: "errors.choice" }).positive(),
  fingerprint: z.string().max(100),
});
export type ImportWork = z.output<typeof importWork>;

export const askInput = z.discriminatedUnion("kind", [
  z.strictObject({ portfolioId: key, kind: z.literal("archive"), input: z.strictObject({}) }),
  z.strictObject({ portfolioId: key, kind: z.literal("report"), input: reportWork }),
  z.strictObject({ portfolioId: key, kind: z.literal("import"), input: importWork }),
]);

/** So many of one person may wait or run at once. */
export const mostOpen = 5;

/** Days for which a file is kept. */
export const keptDays = 7;

/** A task as who asked for it sees it. */
export type TaskShown = {
  id: string;
  portfolio: { id: string; name: Texts };
  kind: TaskKind;
  /** What was asked for; of an archive nothing. */
  input: ReportWork | ImportWork | Record<string, never>;
  state: TaskState;
  done: number;
  total: number;
  createdAt: string;
  finishedAt: string | null;
  /** When its file is taken away. */
  keptUntil: string | null;
  error: string | null;
  /** Null while there is none, and where what was made went by mail. */
  file: { name: string; bytes: number } | null;
};
