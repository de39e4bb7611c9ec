import { z } from "zod";
import { isPlainAddress } from "#lib/letters/drafts.ts";
import { reportFormats } from "#lib/reports/formats.ts";
import { requestSchema } from "#lib/reports/request.ts";
import { key, line, name, uuid } from "#lib/text.ts";
import { ReportEvery } from "#prisma/generated/enums.ts";

/** What a schedule may say. Issues are message keys. */

const choice = "errors.choice";

const number = (from: number, to: number, error: string) => z.int({ error }).min(from, error).max(to, error);

const fields = {
  name: name(100),
  request: requestSchema.refine(
    ({ day, known, period }) => day === null && known === null && period?.kind !== "days",
    "schedules.errors.fixedDay",
  ),
  formats: z
    .array(z.enum(reportFormats, { error: choice }), { error: choice })
    .min(1, "schedules.errors.formats")
    .transform((chosen) => reportFormats.filter((format) => chosen.includes(format))),
  every: z.enum(ReportEvery, { error: choice }),
  weekday: number(1, 7, "schedules.errors.weekday").nullable(),
  monthDay: number(1, 31, "schedules.errors.monthDay").nullable(),
  daysBefore: number(0, 90, "schedules.errors.daysBefore").nullable(),
  hour: number(0, 23, "schedules.errors.hour"),
  personIds: z
    .array(uuid, { error: choice })
    .max(200, "errors.tooMany")
    .transform((ids) => [...new Set(ids)]),
  addresses: z
    .array(
      line(254)
        .transform((text) => text.toLowerCase())
        .refine(isPlainAddress, "schedules.errors.address"),
      { error: choice },
    )
    .max(50, "errors.tooMany")
    .transform((addresses) => [...new Set(addresses)]),
};

type Fields = z.output<z.ZodObject<typeof fields>>;

/** Which number goes with which way to repeat. The others are left out, whatever a form still held of them. */
const numbers = { week: "weekday", month: "monthDay", meeting: "daysBefore" } as const;

const scheduleOf = <S extends z.ZodRawShape>(more: S) =>
  z
    .strictObject({ ...fields, ...more })
    .superRefine((said, context) => {
      const { every, personIds, addresses, ...rest } = said as unknown as Fields;
      const needed = numbers[every];
      if (rest[needed] === null)
        context.addIssue({ code: "custom", path: [needed], message: `schedules.errors.${needed}` });
      if (personIds.length + addresses.length === 0)
        context.addIssue({ code: "custom", path: ["personIds"], message: "schedules.errors.nobody" });
    })
    .transform((said) => {
      const schedule = said as unknown as Fields & z.output<z.ZodObject<S>>;
      const none = { weekday: null, monthDay: null, daysBefore: null };
      const needed = numbers[schedule.every];
      return { ...schedule, ...none, [needed]: schedule[needed] } as typeof schedule;
    });

const version = z.int({ error: choice }).positive();

export const createScheduleInput = scheduleOf({ portfolioId: key });
export const updateScheduleInput = scheduleOf({ id: uuid, version });
export const switchScheduleInput = z.strictObject({ id: uuid, version, active: z.boolean({ error: choice }) });
