/** The package ships no types: what lib/dates.ts and its test use of it. */
declare module "edtf" {
  type Qualified = { approximate?: boolean | number; uncertain?: boolean | number; unspecified?: number };
  /** `values`: year, month from 0, day, time; a bit of `unspecified` is a digit that is not known. */
  export type ParsedDate = Qualified & { type: "Date"; values: number[] };
  /** `values`: year and the number of the division of the year, 21 to 41. */
  export type ParsedSeason = Qualified & { type: "Season"; values: [number, number] };
  export type ParsedOther = { type: "Year" | "Decade" | "Century" | "Interval" | "List" | "Set" };
  /** Throws on what is not EDTF. */
  export function parse(
    text: string,
    constraints?: { seasonUncertainty?: boolean },
  ): ParsedDate | ParsedSeason | ParsedOther;
  /** The value in EDTF, its marks in one order. */
  class Spelled<Parsed> {
    constructor(parsed: Parsed);
    readonly edtf: string;
  }
  class ExtDate extends Spelled<ParsedDate> {}
  export class Season extends Spelled<ParsedSeason> {}
  export { ExtDate as Date };
  /** First and last moment of a value, in milliseconds; throws like `parse`. */
  export default function edtf(text: string): { min: number; max: number };
}
