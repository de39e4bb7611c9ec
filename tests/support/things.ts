import { query } from "#tests/support/people.ts";

/** Things of somebody's, straight into the database of a running app; each gives its id. */

/** One that could not be sent. */
export async function aLetter(ownerUrl: string, personId: string): Promise<string> {
  const [letter] = await query<{ id: string }>(
    ownerUrl,
    `INSERT INTO letter (id, person_id, message_id, state, address, locale, subject, text, html)
      VALUES (gen_random_uuid(), $1, '<forged@kept.example>', 'unsent', 'somebody@kept.example', 'en', 'A letter', 'Its text', '<p>Its text') RETURNING id`,
    [personId],
  );
  return letter?.id ?? "";
}

/** One that is done, with a file. */
export async function aTask(ownerUrl: string, personId: string): Promise<string> {
  const [task] = await query<{ id: string }>(
    ownerUrl,
    `WITH t AS (INSERT INTO task (id, portfolio_id, person_id, kind, input, state, finished_at, file_name, file_type, file_bytes)
        VALUES (gen_random_uuid(), 'viet-nam-laos', $1, 'archive', '{}', 'done', now(), 'a.zip', 'application/zip', 3) RETURNING id)
      INSERT INTO task_chunk (task_id, position, bytes) SELECT id, 0, 'abc' FROM t RETURNING task_id AS id`,
    [personId],
  );
  return task?.id ?? "";
}

/** An issued one: whoever writes none reads those alone. */
export async function aReport(ownerUrl: string, authorId: string): Promise<string> {
  const document = {
    ...{ locale: "en", title: "A report", facts: [], sections: [], notes: [] },
    words: { contents: "Contents", notes: "Sources", page: "Page", nothing: "Nothing", chartData: "Data" },
  };
  const request = { template: "status", scope: "", period: null, day: "2026-01-01", known: "2026-01-01", locale: "en" };
  const [report] = await query<{ id: string }>(
    ownerUrl,
    `INSERT INTO report (id, portfolio_id, title, request, author_id, document, records, hash)
      VALUES (gen_random_uuid(), 'viet-nam-laos', 'A report', $1, $2, $3, '[]', '\\x00') RETURNING id`,
    [{ ...request, sections: null, record: null }, authorId, JSON.stringify(document)],
  );
  const id = report?.id ?? "";
  await query(ownerUrl, "INSERT INTO report_file (report_id, format, bytes, hash) VALUES ($1, 'csv', 'a', 'b')", [id]);
  await query(ownerUrl, "UPDATE report SET state = 'issued', issued_at = now() WHERE id = $1", [id]);
  return id;
}
