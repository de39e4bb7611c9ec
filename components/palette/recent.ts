import { recentMost, referencePattern } from "#lib/paths.ts";

/** The records that this tab has opened lately, by reference: their titles are asked for when they are shown. */

const name = (portfolio: string) => `kept-recent-${portfolio}`;

export function recentRecords(portfolio: string): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(name(portfolio)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => referencePattern.test(String(one))).slice(0, recentMost) : [];
  } catch {
    // No storage in this browser, or something else of that name in it.
    return [];
  }
}

/** Notes a visit, if the path is a record's page. */
export function noteRecord(portfolio: string, path: string): void {
  const [, of, , reference = ""] = path.split("/");
  if (of !== portfolio || path !== `/${portfolio}/commitments/${reference}` || !referencePattern.test(reference))
    return;
  const all = [reference, ...recentRecords(portfolio).filter((other) => other !== reference)].slice(0, recentMost);
  try {
    sessionStorage.setItem(name(portfolio), JSON.stringify(all));
  } catch {
    // Full or forbidden: then there is no such list.
  }
}
