import fc from "fast-check";
import type { z } from "zod";

/** Inputs made of schemas: those that fit as far as a schema tells, with what it doesn't tell taken from `known`. */

/** Values by the name of a field, "ownerId" or "id"; and under "*" for every text. */
export type Known = Record<string, readonly unknown[]>;

type Definition = {
  type: string;
  format?: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  options?: z.ZodType[];
  entries?: Record<string, string | number>;
  values?: unknown[];
  keyType?: z.ZodType;
  valueType?: z.ZodType;
  items?: z.ZodType[];
  getter?: () => z.ZodType;
};

const definition = (schema: z.ZodType) => (schema as unknown as { _zod: { def: Definition } })._zod.def;

/** The schema of what is sent, without what is done to it afterwards. */
export function sent(schema: z.ZodType): z.ZodType {
  const { type, innerType, in: before, out } = definition(schema);
  if (type === "pipe" && before && out) return sent(definition(before).type === "transform" ? out : before);
  return ["optional", "nullable", "default", "prefault", "catch", "readonly", "nonoptional"].includes(type) && innerType
    ? sent(innerType)
    : schema;
}

/** The fields of what is sent, if it is an object. */
export const fieldsOf = (schema: z.ZodType): Record<string, z.ZodType> => definition(sent(schema)).shape ?? {};

const words = fc.constantFrom(
  "Tried",
  "Đã thử",
  "ລອງແລ້ວ",
  "2031",
  "2026-01-31",
  "a@kept.example",
  "1",
  "LAK",
  "VN",
  "",
);

/** Inputs for that schema. `field` is the name of what they are for. */
export function inputsFor(schema: z.ZodType, known: Known, field = ""): fc.Arbitrary<unknown> {
  const { type, shape = {}, element, innerType, options = [], entries = {}, values = [], ...rest } = definition(schema);
  const inner = (of: z.ZodType | undefined, name = field) => (of ? inputsFor(of, known, name) : fc.constant(null));
  switch (type) {
    case "object":
      return fc.record(Object.fromEntries(Object.entries(shape).map(([name, of]) => [name, inner(of, name)])));
    case "array":
      return fc.array(inner(element), { maxLength: 3 });
    case "tuple":
      return fc.tuple(...(rest.items ?? []).map((item) => inner(item)));
    case "record":
      return fc.dictionary(fc.constantFrom("en", "vi", "lo"), inner(rest.valueType));
    case "union":
      return fc.oneof(...options.map((option) => inner(option)));
    case "enum":
      return fc.constantFrom(...Object.values(entries));
    case "literal":
      return fc.constantFrom(...values);
    case "pipe":
      return inner(sent(schema));
    case "optional":
      return fc.option(inner(innerType), { nil: undefined, freq: 4 });
    case "nullable":
      return fc.option(inner(innerType), { nil: null, freq: 4 });
    case "lazy":
      return inner(rest.getter?.());
    case "number":
    case "int":
      return known[field] ? fc.constantFrom(...known[field]) : fc.integer({ min: 1, max: 40 });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string": {
      const given = known[field] ?? known[field.replace(/s$/, "")] ?? (/Ids?$/.test(field) ? known.id : undefined);
      return given && given.length > 0
        ? fc.constantFrom(...given)
        : known["*"]
          ? fc.constantFrom(...known["*"])
          : words;
    }
    default:
      return innerType ? inner(innerType) : fc.constant(null);
  }
}

/** One input that the schema takes, or undefined where a few thousand tries found none. */
export function fittingInput(schema: z.ZodType, known: Known): Record<string, unknown> | undefined {
  for (let seed = 1; seed <= 4000; seed++) {
    const [input] = fc.sample(inputsFor(schema, known), { seed, numRuns: 1 });
    if (schema.safeParse(input).success) return input as Record<string, unknown>;
  }
}

/** Every place of a plain input, the deepest last: [[], ["title"], ["title", "en"]]. */
export function placesIn(input: unknown, at: string[] = []): string[][] {
  if (typeof input !== "object" || input === null) return [at];
  return [at, ...Object.entries(input).flatMap(([name, value]) => placesIn(value, [...at, name]))];
}

/** A copy with something else at that place. */
export function withAt(input: unknown, [name, ...rest]: string[], value: unknown): unknown {
  if (name === undefined) return value;
  const copy = (Array.isArray(input) ? [...input] : { ...(input as object) }) as Record<string, unknown>;
  copy[name] = withAt(copy[name], rest, value);
  return copy;
}

export const at = (input: unknown, place: string[]): unknown =>
  place.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], input);
