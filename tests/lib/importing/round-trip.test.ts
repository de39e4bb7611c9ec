import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { exportCsv } from "#lib/commitments/export.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { locales } from "#lib/i18n/locales.ts";
import { guessColumns } from "#lib/importing/columns.ts";
import { readFile } from "#lib/importing/file.ts";
import { planFor } from "#lib/importing/queries.ts";
import { workbookOf } from "#lib/importing/template.ts";
import { main } from "#prisma/demo/main.ts";
import { addActor } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";

/** What the demonstration's register gives out changes nothing when it comes back, in any language. */

testDatabase({ catalogue: true });

const portfolioId = "demo";
const commitments = Number(process.env.KEPT_RECORDS ?? 500);
let manager: Actor & { id: string };
beforeAll(async () => {
  await main(["--commitments", `${commitments}`, "--users", "20"]);
  manager = await addActor("manager");
}, 300_000);

async function differing(bytes: Uint8Array) {
  const { headings, rows } = await readFile(bytes);
  const mapping = { columns: guessColumns(headings), clear: true, reason: "" };
  const { plan } = await planFor(manager, portfolioId, rows, mapping);
  expect(plan.rows).toHaveLength(commitments);
  return plan.rows
    .filter(({ act }) => act !== "same")
    .map(({ reference, problems, steps }) => [reference, problems, steps]);
}

for (const locale of locales) {
  test(`as CSV, ${locale}`, async () => {
    let csv = "";
    const { listing } = parseListing({});
    for await (const piece of exportCsv(manager, portfolioId, listing, { locale, today: "2026-11-22" })) csv += piece;
    expect(await differing(new TextEncoder().encode(csv))).toEqual([]);
  });

  test(`as a workbook, ${locale}`, async () => {
    expect(await differing(await workbookOf(manager, portfolioId, { locale, filled: true }))).toEqual([]);
  });
}
