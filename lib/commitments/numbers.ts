/**
 * Sets of records by their numbers, short enough for an address: "1-3,7", or, where that is long, "~" and a bit a number
 * in base64url (RFC 4648), number 1 first. Pure, for server and browser alike.
 */

/** Beyond this an address becomes unwieldy, and some programs cut it. */
const longestList = 600;

/** Numbers from 1 in the shortest spelling. */
export function spellNumbers(numbers: readonly number[]): string {
  const list = listOf(numbers);
  if (list.length <= longestList) return list;
  const bits = bitsOf(numbers);
  return bits.length < list.length ? bits : list;
}

/** The ranges that a spelling stands for, in rising order; what is no spelling has none. */
export function readNumbers(spelled: string): [low: number, high: number][] {
  if (!spelled.startsWith("~")) {
    return spelled.split(",").flatMap((part): [number, number][] => {
      const [, low, high = low] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part) ?? [];
      return low === undefined ? [] : [[Number(low), Number(high)]];
    });
  }
  const bytes = Uint8Array.from(atob(spelled.slice(1).replaceAll("-", "+").replaceAll("_", "/")), (c) =>
    c.charCodeAt(0),
  );
  const numbers: number[] = [];
  bytes.forEach((byte, at) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) numbers.push(at * 8 + bit + 1);
  });
  return rangesOf(numbers);
}

/** What an address may say: `readNumbers` reads it. */
export const numbersPattern = /^(\d{1,9}(-\d{1,9})?|~(?:[\w-]{4}){0,5000}(?:[\w-]{2,3})?)$/;

/** Numbers as few ranges, in rising order. */
export function rangesOf(numbers: readonly number[]): [low: number, high: number][] {
  const ranges: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && number <= last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}

const listOf = (numbers: readonly number[]) =>
  rangesOf(numbers)
    .map(([low, high]) => (low === high ? `${low}` : `${low}-${high}`))
    .join();

function bitsOf(numbers: readonly number[]): string {
  const bytes = new Uint8Array(Math.ceil(numbers.reduce((most, number) => Math.max(most, number), 0) / 8));
  for (const number of numbers) bytes[(number - 1) >> 3] = (bytes[(number - 1) >> 3] ?? 0) | (1 << ((number - 1) & 7));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `~${btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}
