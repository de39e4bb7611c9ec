import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/**
 * The catalogue's files as they are written (README.md beside this says how). Only their form is checked here, so that a
 * misspelt field does not go unnoticed; what the values may be is checked by the commands that enter them.
 */

const text = z.strictObject({ en: z.string(), vi: z.string(), lo: z.string() });
const when = z.strictObject({
  edtf: z.string().nullable(),
  phrase: z.string().nullable().default(null),
  inferred: z.boolean().default(false),
  reason: text.nullable().default(null),
});
const place = { source: z.string(), paragraph: z.number() };
const citation = z.strictObject({ ...place, note: text.nullable() });

const portfolio = z.strictObject({ key: z.string(), names: text, prefix: z.string() });
const sector = z.strictObject({ key: z.string(), names: text, dac: z.array(z.string()) });
const party = z.strictObject({
  key: z.string(),
  kind: z.string(),
  names: text,
  aliases: z.array(z.string()),
  parent: z.string().nullable(),
  iso: z.string().nullable(),
  side: z.string().nullable(),
});
const placeOfMap = z.strictObject({
  key: z.string(),
  names: text,
  aliases: z.array(z.string()),
  iso: z.string().nullable(),
  country: z.string().nullable(),
});
const source = z.strictObject({
  key: z.string(),
  title: z.string().nullable(),
  label: text,
  publisher: z.string().nullable(),
  date: when,
  language: z.string(),
  kind: z.string(),
  paragraphs: z.number(),
  silent: z.array(z.strictObject({ paragraph: z.number(), reason: text })),
  errata: z.array(
    z.strictObject({ key: z.string(), paragraph: z.number(), wrong: text, right: text, explanation: text }),
  ),
});
const meeting = z.strictObject({
  key: z.string(),
  kind: z.string(),
  names: text,
  date: when,
  place: z.string().nullable(),
  parties: z.array(z.string()),
  statement: text,
  citations: z.array(citation),
});
const indicator = z.strictObject({
  key: z.string(),
  names: text,
  unit: z.string(),
  direction: z.string(),
  observations: z.array(
    z.strictObject({
      ...place,
      value: z.number(),
      qualifier: z.string(),
      kind: z.string().nullable().default(null),
      asOf: when,
      note: text.nullable(),
    }),
  ),
  targets: z.array(z.strictObject({ ...place, commitment: z.string(), value: z.number(), date: when })),
});
const commitment = z.strictObject({
  key: z.string(),
  reference: z.string().regex(/^[A-Z]+-\d{3,}$/),
  form: z.string(),
  kind: z.string(),
  strength: z.string(),
  sector: z.string(),
  title: text,
  statement: text,
  parties: z.array(z.strictObject({ party: z.string(), role: z.string() })),
  deadline: z.strictObject({ ...when.shape, anchor: z.string().nullable() }).nullable(),
  instrument: z
    .strictObject({
      signed: z.string().nullable(),
      inEffectFrom: z.string().nullable(),
      ends: z.string().nullable(),
      noticeDays: z.number().nullable(),
      binding: z.string(),
      textHeld: z.boolean(),
      lifecycle: z.string(),
      inferred: z.record(z.string(), text).nullable().default(null),
    })
    .nullable(),
  money: z.array(z.strictObject({ amount: z.number(), currency: z.string(), stage: z.string() })),
  places: z.array(z.string()),
  parent: z.string().nullable(),
  predecessor: z.string().nullable(),
  milestones: z.array(z.strictObject({ title: text, date: when, doneOn: z.string().nullable().default(null) })),
  meetings: z.array(z.strictObject({ meeting: z.string(), relation: z.string() })),
  indicators: z.array(z.string()),
  completion: z.string(),
  evidence: z.string(),
  completionBasis: citation.nullable(),
  citations: z.array(citation),
});

const catalogue = z.strictObject({
  portfolio,
  sectors: z.array(sector),
  parties: z.array(party),
  places: z.array(placeOfMap),
  sources: z.array(source),
  meetings: z.array(meeting),
  indicators: z.array(indicator),
  /** In the order of their references. */
  commitments: z.array(commitment),
});

export type Catalogue = z.output<typeof catalogue>;
export type CatalogueRecord = Catalogue["commitments"][number];

const folder = new URL(".", import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), "utf8"));

/** The whole catalogue. @throws ZodError if a file is not written as it should be */
export function readCatalogue(): Catalogue {
  const files = readdirSync(fileURLToPath(new URL("commitments", folder))).filter((file) => file.endsWith(".json"));
  const whole = catalogue.parse({
    portfolio: read("portfolio.json"),
    sectors: read("sectors.json"),
    parties: read("parties.json"),
    places: read("places.json"),
    sources: read("sources.json"),
    meetings: read("meetings.json"),
    indicators: read("indicators.json"),
    commitments: files.flatMap((file) => read(`commitments/${file}`)),
  });
  whole.commitments.sort((a, b) => numberOf(a) - numberOf(b));
  return whole;
}

/** VL-007 → 7. */
export const numberOf = ({ reference }: { reference: string }): number => Number(reference.split("-")[1]);

/** Keys of the catalogue, by what they name. */
export type Keys = Record<
  "portfolio" | "sectors" | "parties" | "places" | "sources" | "meetings" | "indicators" | "commitments",
  string[]
>;
