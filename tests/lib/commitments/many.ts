import { portfolioId } from "#tests/lib/commitments/register.ts";
import { query } from "#tests/support/people.ts";

/** Fills the register of register.ts with `count` records of every kind, straight into the tables: `own` are of that person. */
export async function addMany(count: number, own: string): Promise<void> {
  const owner = process.env.KEPT_OWNER_URL ?? "";
  await query(
    owner,
    `INSERT INTO commitment (id, portfolio_id, number, reference, form, kind, strength, sector_id, title, statement, draft_locales, owner_id,
        completion, evidence, lifecycle, reported_on, deadline_phrase, deadline_edtf, deadline_earliest, deadline_latest, updated_at)
      SELECT gen_random_uuid(), $2, i, 'TST-' || lpad(i::text, greatest(3, length(i::text)), '0'),
        (array['instrument','pledge','target'])[1 + i % 3]::"Form", (array['mou','project','number'])[1 + i % 3]::"Kind",
        (array['obligation','pledge','aspiration','description'])[1 + i % 4]::"Strength", (array['health','trade'])[1 + i % 2],
        jsonb_build_object('en', 'Work ' || (i * 7919) % 100, 'vi', CASE WHEN i % 5 = 0 THEN '' ELSE 'Hợp tác ' || i % 7 END, 'lo', 'ວຽກງານ ' || i % 11),
        jsonb_build_object('en', 'To be done.', 'vi', '', 'lo', ''), '{}', CASE WHEN i % 3 = 0 THEN $3::uuid END,
        (array['not_reported','not_started','limited','substantial','complete','withdrawn','superseded'])[1 + i % 7]::"Completion",
        (array['none','reported','documented','verified'])[1 + (i / 2) % 4]::"Evidence",
        CASE WHEN i % 3 = 0 THEN (array['signed','expired'])[1 + i % 2]::"Lifecycle" END, NULL,
        CASE WHEN i % 4 = 0 THEN NULL ELSE 'some day' END, CASE WHEN i % 4 > 1 THEN d::text END, CASE WHEN i % 4 > 1 THEN d END, CASE WHEN i % 4 > 1 THEN d END,
        timestamptz '2026-01-01 00:00Z' + (i % 9) * interval '1 hour 0.000001 second'
      FROM generate_series(1, $1) i, LATERAL (SELECT date '2026-08-01' + (i * 37) % 200 AS d) dates`,
    [count, portfolioId, own],
  );
  await query(owner, "UPDATE portfolio SET last_number = $2 WHERE id = $1", [portfolioId, count]);
  await query(
    owner,
    `INSERT INTO commitment_party (commitment_id, party_id, role)
      SELECT id, CASE WHEN number % 2 = 0 THEN 'viet-nam' ELSE 'laos' END, 'lead'::"PartyRole" FROM commitment WHERE portfolio_id = $1 AND number % 5 > 0
      UNION ALL SELECT id, 'laos', 'signatory' FROM commitment WHERE portfolio_id = $1 AND number % 4 = 0`,
    [portfolioId],
  );
  await query(
    owner,
    `INSERT INTO citation (id, source_id, paragraph, commitment_id)
      SELECT gen_random_uuid(), s.id, 1, c.id FROM commitment c JOIN source s ON s.portfolio_id = c.portfolio_id WHERE c.portfolio_id = $1 AND c.number % 6 = 0`,
    [portfolioId],
  );
  await query(
    owner,
    `INSERT INTO commitment_meeting (commitment_id, meeting_id, relation)
      SELECT c.id, m.id, 'made' FROM commitment c JOIN meeting m ON m.portfolio_id = c.portfolio_id WHERE c.portfolio_id = $1 AND c.number % 7 = 0`,
    [portfolioId],
  );
}
