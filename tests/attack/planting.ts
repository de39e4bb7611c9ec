import type { UnderAttack } from "./under-attack.ts";

/**
 * Texts of an attacker's in every text that the tables take, past all that checks what comes in: what is then shown has
 * nothing but the way it is shown between it and the browser.
 */

/** What is no text that people write, by "table.column", or by "column" where it is so in every table. */
const notWritten: Readonly<Record<string, string>> = {
  ...all("keys and ids, which are looked up and have their own alphabet", [
    ...["id", "key", "portfolio_id", "sector_id", "party_id", "place_id", "parent_id", "agency_id", "seed_key"],
    ...["reference", "prefix", "credential_id", "message_id", "occurrence", "subject_id", "request_id", "job.name"],
  ]),
  ...all("codes of lists", [
    ...[
      "currency",
      "iso",
      "country",
      "countries",
      "side",
      "dac",
      "language",
      "transports",
      "kinds",
      "formats",
      "scopes",
    ],
    ...["observation.kind", "time_zone", "verb", "subject_type", "qualifier", "supports", "report_file.format"],
    ...["letter_file.type", "task.file_type", "webhook.paused_for"],
  ]),
  ...all("dates as EDTF and addresses of the register, which are parsed", [
    ...["edtf", "deadline_edtf", "date_edtf", "signed", "in_effect_from", "ends", "query", "request", "mapping"],
  ]),
  ...all("what an identity provider calls itself and people, which is compared", ["issuer", "identity.subject"]),
  ...all("where somebody goes next, which tests/attack/redirects.test.ts attacks", ["oidc_attempt.next"]),
  ...all("e-mail addresses, which tests/attack/addresses.test.ts attacks", ["email", "addresses", "letter.address"]),
  ...all("what the app makes of the others, or of nothing of people's", [
    ...[
      "password_hash",
      "party_text",
      "owner_text",
      "letter.html",
      "letter.notice",
      "letter.recipient",
      "report.document",
    ],
    ...[
      "report.records",
      "job.state",
      "job.error",
      "idempotency_key.reply",
      "import_batch.before",
      "import_batch.ticked",
      "task.input",
      "about",
    ],
  ]),
};

function all(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]));
}

/** JSON in which any text is somebody's: cells of a file, remarks by section, values before and after. */
const free = new Set(["import_batch.cells", "report.remarks", "audit_event.changes"]);

type Column = { table: string; column: string; type: "text" | "jsonb" | "_text" };

/** Columns of texts. A new one that is neither written to by `plant` nor in the list above fails the test. */
async function textColumns({ sql }: UnderAttack): Promise<Column[]> {
  const columns = await sql<Column>(
    `SELECT c.table_name AS table, c.column_name AS column, c.udt_name AS type
      FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.udt_name IN ('text', 'varchar', 'bpchar', 'jsonb', '_text')
        AND c.is_generated = 'NEVER' AND t.table_name NOT IN ('_prisma_migrations', 'rate_limit') ORDER BY 1, c.ordinal_position`,
  );
  return columns.filter(({ table, column }) => !(column in notWritten) && !(`${table}.${column}` in notWritten));
}

/** Of a column with many rows each has some of the payloads, of one with few each has many: always all, and each in front once. */
function share(payloads: readonly string[], rows: number): string[] {
  const parts = Math.min(20, rows);
  return Array.from({ length: rows }, (_, row) =>
    payloads
      .filter((_, n) => n % parts === row % parts)
      .map((_, n, own) => own[(n + row) % own.length])
      .join(" "),
  );
}

function hostile(value: unknown, text: string, everything: boolean): unknown {
  if (typeof value === "string") return everything ? text : value;
  if (Array.isArray(value)) return value.map((each) => hostile(each, text, everything));
  if (typeof value !== "object" || value === null) return value;
  if ("en" in value) return { en: text, vi: text, lo: text };
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, hostile(each, text, everything)]));
}

/** Writes the payloads into all of them. Gives the columns that now have all, and those that took none. */
export async function plant(app: UnderAttack, payloads: readonly string[]) {
  const planted: string[] = [];
  const missed: string[] = [];
  for (const { table, column, type } of await textColumns(app)) {
    const name = `${table}.${column}`;
    const has = `"${column}" IS NOT NULL`;
    const rows = await app.sql<{ at: string; value: unknown }>(
      `SELECT ctid::text AS at, to_jsonb("${column}") AS value FROM "${table}"
        WHERE ${has} OR NOT EXISTS (SELECT FROM "${table}" WHERE ${has}) ORDER BY ctid LIMIT 400`,
    );
    const texts = share(payloads, rows.length);
    const values = rows.map(({ value }, row) => {
      const text = texts[row] ?? "";
      if (type === "text") return text;
      if (type === "_text") return [text];
      // A text in three languages, where nothing stands yet.
      return hostile(value ?? { en: "" }, text, free.has(name));
    });
    const changed = JSON.stringify(values) !== JSON.stringify(rows.map(({ value }) => value));
    const set =
      type === "_text"
        ? `ARRAY(SELECT jsonb_array_elements_text(v.value))`
        : type === "text"
          ? `v.value #>> '{}'`
          : "v.value";
    await app.sql(
      `UPDATE "${table}" t SET "${column}" = ${set} FROM (SELECT a.value #>> '{}' AS at, b.value FROM
          jsonb_array_elements($1::jsonb) WITH ORDINALITY a JOIN jsonb_array_elements($2::jsonb) WITH ORDINALITY b USING (ordinality)) v
        WHERE t.ctid = v.at::tid`,
      [JSON.stringify(rows.map(({ at }) => at)), JSON.stringify(values)],
    );
    (rows.length > 0 && changed ? planted : missed).push(name);
  }
  return { planted, missed };
}

/** One, at least, of everything that the catalogue has none of: what people add. Gives the address of a report. */
export async function addOneOfEach(app: UnderAttack): Promise<{ report: string }> {
  const { admin } = app.people;
  const portfolioId = "viet-nam-laos";
  const [record] = await app.sql<{ id: string }>("SELECT id FROM commitment ORDER BY number LIMIT 1");
  const [rule] = await app.sql<{ id: string }>("SELECT id FROM reminder_rule LIMIT 1");
  const personId = admin.id;
  const commitmentId = record?.id;
  const done = async <R>(name: string, input: unknown): Promise<R> => {
    const answer = await app.call<R>(name, [input], admin);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
    return answer.result;
  };
  const request = { template: "status", locale: "en" };
  const schedule = { every: "week", weekday: 1, monthDay: null, daysBefore: null, hour: 8, personIds: [personId] };
  await done("saveView", { portfolioId, name: "View", query: "q=x", shared: true });
  await done("saveTemplate", { portfolioId, name: "Template", request });
  await done("createSchedule", { portfolioId, name: "Weekly", request, formats: ["csv"], addresses: [], ...schedule });
  await done("createFeed", { portfolioId, viewId: null });
  await done("watchRecord", { commitmentId });
  await done("askFor", { portfolioId, kind: "archive", input: {} });
  const { id: report } = await done<{ id: string }>("writeUp", { portfolioId, title: "Report", request });
  await done("commentOnReport", { reportId: report, section: null, text: "Comment" });
  await app.sql('UPDATE report SET remarks = \'{"totals": "x"}\'');
  await app.sql("UPDATE commitment SET owner_id = $1", [personId]);
  await insert(
    app,
    "progress_report",
    { as_of: new Date(), evidence_url: "x" },
    "SELECT id AS commitment_id FROM commitment",
  );
  await insert(app, "milestone", { title: { en: "" } }, "SELECT id AS commitment_id FROM commitment");
  await insert(app, "passkey", { person_id: personId, credential_id: "x" });
  await insert(app, "webhook", { portfolio_id: portfolioId, position: 0, kinds: ["commitment"] });
  await insert(app, "webhook_delivery", { state: "parked" }, "SELECT id AS webhook_id FROM webhook");
  await insert(app, "import_batch", {
    person_id: personId,
    portfolio_id: portfolioId,
    headings: ["a"],
    cells: [["a"]],
    mapping: { columns: [null], clear: false, reason: "" },
  });
  await insert(app, "letter", { person_id: personId, message_id: "<x@kept.example>", state: "unsent", locale: "en" });
  await insert(app, "letter_file", {}, "SELECT id AS letter_id FROM letter");
  await insert(app, "reminder", {
    ...{ portfolio_id: portfolioId, commitment_id: commitmentId, rule_id: rule?.id, person_id: personId, in_app: true },
    ...{ occurrence: "x", topic: "due_soon", due_at: new Date(), about: { kind: "change", date: null, edtf: null } },
  });
  await insert(app, "audit_event", {
    verb: "commitment.editTexts",
    subject_type: "commitment",
    subject_id: commitmentId,
    portfolio_id: portfolioId,
    changes: { "title.en": ["a", "b"] },
  });
  return { report };
}

/** A row of a table, or one for each that `of` gives: what is not said and must be there is made up. */
async function insert(
  { sql }: UnderAttack,
  table: string,
  given: Record<string, unknown>,
  of = "SELECT",
): Promise<void> {
  const columns = await sql<{ column: string; type: string; enum: boolean }>(
    `SELECT column_name AS column, udt_name AS type, data_type = 'USER-DEFINED' AS enum FROM information_schema.columns
      WHERE table_name = $1 AND is_nullable = 'NO' AND column_default IS NULL AND is_generated = 'NEVER'`,
    [table],
  );
  const ofColumns = [...of.matchAll(/AS (\w+)/g)].map(([, name = ""]) => name);
  const names = Object.keys(given);
  const madeUp = columns.filter(({ column }) => !names.includes(column) && !ofColumns.includes(column));
  const values = madeUp.map(({ type, enum: isEnum }) => {
    if (isEnum) return `(enum_range(NULL::"${type}"))[1]`;
    return (
      { uuid: "gen_random_uuid()", text: "'x'", jsonb: "'{}'", bool: "false", bytea: "'\\x00'" }[type] ??
      (/^int|^numeric/.test(type) ? "1" : "now()")
    );
  });
  await sql(
    `INSERT INTO "${table}" (${[...names, ...ofColumns, ...madeUp.map(({ column }) => column)].map((name) => `"${name}"`).join(", ")})
      SELECT ${[...names.map((_, n) => `$${n + 1}`), ...ofColumns, ...values].join(", ")} FROM (${of}) o`,
    Object.values(given).map((value) => (isJson(value) ? JSON.stringify(value) : value)),
  );
}

const isJson = (value: unknown) =>
  typeof value === "object" &&
  value !== null &&
  !(value instanceof Date) &&
  !(Array.isArray(value) && typeof value[0] === "string");
