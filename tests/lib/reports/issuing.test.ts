import { createHash } from "node:crypto";
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { assignOwner, reportProgress, reviseDeadline } from "#lib/commitments/commands.ts";
import { editTexts } from "#lib/commitments/editing.ts";
import { buildReport } from "#lib/reports/build.ts";
import { withCommentary } from "#lib/reports/commentary.ts";
import { comment, resolveComment } from "#lib/reports/comments.ts";
import { compareReports } from "#lib/reports/compare.ts";
import {
  approveReport,
  discardReport,
  editReport,
  sendBackReport,
  submitReport,
  writeAgain,
  writeUp,
} from "#lib/reports/drafts.ts";
import { toFile } from "#lib/reports/files.ts";
import { reportFormats } from "#lib/reports/formats.ts";
import { commentaryOf, hashOfParts, issueReport, issueScheduled } from "#lib/reports/issuing.ts";
import { requestSchema } from "#lib/reports/request.ts";
import {
  getDraft,
  getFile,
  getIssued,
  getIssuedRecords,
  listComments,
  listIssued,
  listWritten,
} from "#lib/reports/written.ts";
import { addActor, historyOf, system } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";
import { query } from "#tests/support/people.ts";

testDatabase({ catalogue: true });

/** KEPT_EDITS: more of them, for a long run. */
const edits = Number(process.env.KEPT_EDITS ?? 1000);

const portfolioId = "viet-nam-laos";
const request = requestSchema.parse({ template: "status", locale: "en" });
/** After everything in the catalogue was entered. */
const now = new Date("2030-03-05T05:00:00Z");
const options = { now, origin: "https://kept.example" };

type Person = Actor & { id: string };
let viewer: Person;
let author: Person;
let colleague: Person;
let manager: Person;

beforeAll(async () => {
  [viewer, author, colleague, manager] = await Promise.all([
    addActor("viewer"),
    addActor("editor"),
    addActor("editor"),
    addActor("manager"),
  ]);
});

const begin = (actor: Actor = author, over: object = {}) =>
  writeUp(actor, { portfolioId, title: "Where we stand", request, ...over }, { now });

/** A report that the manager has approved. */
async function approved() {
  const { id } = await begin();
  await editReport(author, { id, version: 1, summary: "**Good**", remarks: { overdue: "- late" } }, { now });
  await submitReport(author, { id, version: 2 }, { now });
  return approveReport(manager, { id, version: 3 }, { now });
}

describe("writing", () => {
  test("a report keeps its days from the moment it is begun", async () => {
    const { id } = await begin();
    expect(await getDraft(author, id)).toMatchObject({
      state: "draft",
      author: author.name,
      request: { template: "status", day: "2030-03-05", known: "2030-03-05" },
    });
  });

  test("title, key messages and remarks are changed one at a time, and each change is in the history", async () => {
    const { id } = await begin();
    await editReport(author, { id, version: 1, summary: "First" });
    await editReport(author, { id, version: 2, remarks: { overdue: "Late" } });
    await editReport(author, { id, version: 3, remarks: { silent: "Quiet" }, title: "Another" });
    const { version } = await editReport(author, { id, version: 4, remarks: { overdue: "" } });
    expect(await getDraft(author, id)).toMatchObject({
      title: "Another",
      summary: "First",
      remarks: { silent: "Quiet" },
    });
    expect(await editReport(author, { id, version, summary: "First" })).toEqual({ id, version });
    const told = await historyOf(id);
    expect(told.map(({ changes }) => changes).slice(1)).toEqual([
      { summary: ["", "First"] },
      { "remark.overdue": [null, "Late"] },
      { title: ["Where we stand", "Another"], "remark.silent": [null, "Quiet"] },
      { "remark.overdue": ["Late", null] },
    ]);
  });

  test("a stale edit is refused, with what stands there", async () => {
    const { id } = await begin();
    await editReport(author, { id, version: 1, summary: "Theirs" });
    await expect(editReport(manager, { id, version: 1, summary: "Mine" })).rejects.toMatchObject({
      version: 2,
      theirs: { summary: "Theirs" },
    });
  });

  test("an edit after approval makes it a draft again", async () => {
    const { id, version } = await approved();
    await editReport(author, { id, version, summary: "Other" });
    expect(await getDraft(author, id)).toMatchObject({ state: "draft", approved: null });
    await expect(issueReport(author, { id, version: version + 1 }, options)).rejects.toMatchObject({ status: 403 });
  });

  test("sent back, it is a draft with the reason as a comment", async () => {
    const { id } = await begin();
    await submitReport(author, { id, version: 1 });
    await sendBackReport(manager, { id, version: 2, reason: "Say why." });
    expect(await getDraft(author, id)).toMatchObject({ state: "draft", version: 3 });
    const [said] = await listComments(author, id);
    expect(said).toMatchObject({ section: null, text: "Say why.", author: manager.name, resolved: false });
    expect((await listWritten(author, portfolioId)).find((one) => one.id === id)?.comments).toBe(1);
    await resolveComment(author, { id: said?.id, version: said?.version, resolved: true });
    expect(await listComments(author, id)).toMatchObject([{ resolved: true, version: 2 }]);
  });

  test("the next one takes up text and scope, and looks back to where that one ended", async () => {
    const past = { ...request, template: "between", period: { kind: "days", from: "2026-01-01", to: "2026-06-30" } };
    const { id } = await begin(author, { request: past });
    await editReport(author, { id, version: 1, summary: "So far" });
    const next = await writeAgain(colleague, { id }, { now });
    expect(await getDraft(colleague, next.id)).toMatchObject({
      summary: "So far",
      authorId: colleague.id,
      state: "draft",
      request: { period: { from: "2026-06-30", to: "2030-03-05" }, day: "2030-03-05" },
    });
  });

  test("a discarded draft is in the history", async () => {
    const { id } = await begin();
    await discardReport(author, { id, version: 1 });
    expect(await getDraft(author, id)).toBeNull();
    expect((await historyOf(id)).at(-1)).toMatchObject({
      verb: "report.discard",
      changes: { deleted: [{ title: "Where we stand" }, null] },
    });
  });
});

describe("who may", () => {
  const refused = async (what: Promise<unknown>, status = 403) => expect(what).rejects.toMatchObject({ status });

  test("a viewer neither writes nor sees what is being written", async () => {
    const { id } = await begin();
    await refused(begin(viewer));
    expect(await getDraft(viewer, id)).toBeNull();
    expect(await listComments(viewer, id)).toEqual([]);
    expect((await listWritten(viewer, portfolioId)).length).toBe(0);
    await refused(comment(viewer, { reportId: id, section: null, text: "x" }), 404);
    await refused(editReport(viewer, { id, version: 1, summary: "x" }), 404);
    await refused(issueReport(viewer, { id, version: 1 }, options), 404);
  });

  test("what was said of a draft stays with those who write, also once it is issued", async () => {
    const { id, version } = await approved();
    await comment(colleague, { reportId: id, section: null, text: "Is this figure right?" });
    await issueReport(author, { id, version }, options);
    for (const [actor, count] of [
      [viewer, 0],
      [colleague, 1],
      [manager, 1],
    ] as const) {
      expect((await listComments(actor, id)).length).toBe(count);
      const { reports } = await listIssued(actor, portfolioId, { after: null });
      expect(reports.find((report) => report.id === id)).toMatchObject({ comments: count });
    }
  });

  test("another editor comments, and does nothing else", async () => {
    const { id } = await begin();
    const said = await comment(colleague, { reportId: id, section: "overdue", text: "Look at VL-001." });
    await resolveComment(colleague, { ...said, resolved: true });
    await resolveComment(author, { id: said.id, version: 2, resolved: false });
    const other = await comment(author, { reportId: id, section: null, text: "x" });
    await refused(resolveComment(colleague, { ...other, resolved: true }));
    await refused(editReport(colleague, { id, version: 1, summary: "x" }));
    await refused(submitReport(colleague, { id, version: 1 }));
    await refused(discardReport(colleague, { id, version: 1 }));
    await refused(issueReport(colleague, { id, version: 1 }, options));
  });

  test("an author does not approve, and issues only what was approved", async () => {
    const { id } = await begin();
    await submitReport(author, { id, version: 1 });
    await refused(approveReport(author, { id, version: 2 }));
    await refused(sendBackReport(author, { id, version: 2, reason: "x" }));
    await refused(issueReport(author, { id, version: 2 }, options));
  });

  test("no step is taken out of its turn", async () => {
    const { id } = await begin();
    await refused(approveReport(manager, { id, version: 1 }), 422);
    await refused(sendBackReport(manager, { id, version: 1, reason: "x" }), 422);
    await submitReport(author, { id, version: 1 });
    await refused(submitReport(author, { id, version: 2 }), 422);
    await refused(approveReport(manager, { id, version: 1 }), 409);
  });

  test("nobody does anything with an issued one", async () => {
    const { id, version } = await approved();
    await issueReport(author, { id, version }, options);
    const target = { id, version: version + 1 };
    for (const act of [submitReport, approveReport, discardReport]) await refused(act(manager, target), 422);
    await refused(editReport(manager, { ...target, summary: "x" }), 422);
    await refused(sendBackReport(manager, { ...target, reason: "x" }), 422);
    await refused(issueReport(manager, target, options), 422);
    await refused(comment(author, { reportId: id, section: null, text: "x" }), 422);
    expect(await getIssued(viewer, id)).not.toBeNull();
  });
});

describe("issued", () => {
  let id: string;
  beforeAll(async () => {
    const ready = await approved();
    ({ id } = await issueReport(author, ready, options));
  });

  /** Everything that is kept of it, as the owner of the database sees it. */
  const kept = () =>
    query(
      process.env.KEPT_OWNER_URL ?? "",
      `SELECT r.*, (SELECT json_agg(f ORDER BY f.format) FROM report_file f WHERE f.report_id = r.id) AS files FROM report r WHERE id = $1`,
      [id],
    );

  test("it says who wrote and approved it and when it was issued, and has every file with its hash", async () => {
    const issued = await getIssued(viewer, id);
    expect(issued?.document.title).toBe("Where we stand");
    expect(issued?.document.facts.slice(-3).map(({ text }) => text)).toEqual([
      author.name,
      `${manager.name}, 5 March 2030`,
      "5 March 2030",
    ]);
    const [first] = issued?.document.sections ?? [];
    expect(first).toMatchObject({ title: "Key messages", blocks: [{ kind: "remark", markdown: "**Good**" }] });
    const overdue = issued?.document.sections.find((section) => section.id === "overdue");
    expect(overdue?.blocks[0]).toEqual({ kind: "remark", markdown: "- late" });
    expect(issued?.files.map(({ format }) => format).sort()).toEqual([...reportFormats].sort());
    for (const { format, hash, bytes } of issued?.files ?? []) {
      const file = await getFile(viewer, id, format);
      expect(file?.bytes.length).toBe(bytes);
      expect(
        createHash("sha256")
          .update(file?.bytes ?? "")
          .digest("hex"),
      ).toBe(hash);
    }
    const parts = Object.entries(issued?.parts ?? {}).map(([name, hash]) => [name, Buffer.from(hash, "hex")] as const);
    expect(hashOfParts(Object.fromEntries(parts)).toString("hex")).toBe(issued?.hash);
    expect((await listIssued(viewer, portfolioId, { after: null })).reports.map((report) => report.id)).toContain(id);
  });

  test(`it is the same bytes after ${edits} further edits, and can be made again from the history`, async () => {
    const before = await kept();
    await editMuch(edits);
    expect(await kept()).toEqual(before);
    const draft = await getDraft(manager, id);
    if (!draft) throw new Error("no report");
    // As on the day on which it was issued, from what the history says of it.
    const again = await buildReport(author, draft.request, { portfolioId, now });
    const document = withCommentary(again.document, commentaryOf(draft, author, now));
    expect(JSON.stringify(document)).toBe(before[0]?.document);
    expect(again.records).toEqual(JSON.parse(String(before[0]?.records)));
    const pdf = await toFile(document, "pdf", { origin: options.origin, at: now });
    expect(Buffer.from(pdf.bytes).equals((await getFile(manager, id, "pdf"))?.bytes ?? Buffer.alloc(0))).toBe(true);
  }, 3_600_000);

  test("two of them are compared record by record", async () => {
    const later = { now: new Date("2030-04-15T05:00:00Z"), origin: options.origin };
    const { id: second, version } = await writeUp(manager, { portfolioId, title: "Later", request }, later);
    await issueReport(manager, { id: second, version }, later);
    const side = async (which: string) => ({
      document: (await getIssued(manager, which))?.document as never,
      records: (await getIssuedRecords(manager, which)) ?? [],
    });
    const [a, b] = [await side(id), await side(second)];
    const { came, left, changed, figures } = compareReports(a, b);
    expect([came, left]).toEqual([[], []]);
    expect(changed.length).toBeGreaterThan(10);
    expect(figures.length).toBeGreaterThan(5);
    expect(compareReports(a, { ...b, records: b.records.slice(1) }).left.map(({ reference }) => reference)).toEqual([
      b.records[0]?.reference,
    ]);
    expect(compareReports(a, a).changed).toEqual([]);
  });

  describe("the database refuses to change it", () => {
    const tampering = [
      "UPDATE report SET title = 'Other' WHERE id = $1",
      "UPDATE report SET state = 'draft' WHERE id = $1",
      "UPDATE report SET document = '{}' WHERE id = $1",
      "DELETE FROM report WHERE id = $1",
      "UPDATE report_file SET bytes = '' WHERE report_id = $1",
      "DELETE FROM report_file WHERE report_id = $1",
      "INSERT INTO report_file (report_id, format, bytes, hash) VALUES ($1, 'odt', '', '')",
    ];
    for (const [whose, url] of [
      ["app", () => process.env.DATABASE_URL],
      ["owner", () => process.env.KEPT_OWNER_URL],
    ] as const) {
      test(`to the ${whose}`, async () => {
        const before = await kept();
        const client = new pg.Client({ connectionString: url() });
        await client.connect();
        await client.query("SET kept.portfolios = '*'");
        for (const statement of tampering)
          await expect(client.query(statement, [id]), statement).rejects.toMatchObject({ code: "23001" });
        for (const table of ["report_file", "report, report_file, report_comment"])
          await expect(client.query(`TRUNCATE ${table} CASCADE`)).rejects.toThrow();
        await client.end();
        expect(await kept()).toEqual(before);
      });
    }
  });
});

test("what a schedule asks for is issued once an occurrence, in nobody's name", async () => {
  const [row] = await query<{ id: string }>(
    process.env.KEPT_OWNER_URL ?? "",
    `INSERT INTO report_schedule (id, portfolio_id, owner_id, name, request, formats, every, hour, person_ids, addresses)
     VALUES (gen_random_uuid(), $1, $2, 'Weekly', '{}', '{pdf}', 'week', 8, '{}', '{}') RETURNING id`,
    [portfolioId, manager.id],
  );
  const asked = { portfolioId, title: "Weekly", request, scheduleId: row?.id ?? "", occurrence: "2026-11-23" };
  const made = await Promise.all([1, 2, 3].map(() => issueScheduled(system, asked, options)));
  expect(new Set(made.map((each) => each.id)).size).toBe(1);
  const issued = await getIssued(viewer, made[0]?.id ?? "");
  expect(issued?.document.facts.map(({ text }) => text)).toContain("Made by a schedule");
  expect(issued?.files.length).toBe(reportFormats.length);
  await expect(issueScheduled(manager, asked, options)).rejects.toMatchObject({ status: 403 });
}, 120_000);

/** So many edits of the register, a few at a time, all through the commands. */
async function editMuch(count: number): Promise<void> {
  const rows = await everything<{ id: string; version: number; title: { en: string; vi: string; lo: string } }[]>`
    SELECT id, version, title FROM commitment
    WHERE portfolio_id = ${portfolioId} AND completion NOT IN ('withdrawn', 'superseded', 'complete') ORDER BY number LIMIT 50`;
  const lanes = 5;
  const one = async (lane: number) => {
    for (let at = lane; at < count; at += lanes) {
      const row = rows[(lane + lanes * Math.floor(at / lanes)) % rows.length];
      if (!row) continue;
      const target = { id: row.id, version: row.version };
      const moment = { now: new Date(now.getTime() + 60_000 * (at + 1)) };
      const kind = Math.floor(at / rows.length) % 4;
      const said = `Edit ${at}`;
      const edited =
        kind === 0
          ? reportProgress(
              manager,
              {
                ...target,
                ...{ completion: at % 2 ? "limited" : "substantial", evidence: "reported", confidence: null },
                ...{ text: said, evidenceUrl: "", asOf: "2030-03-04" },
              },
              moment,
            )
          : kind === 1
            ? reviseDeadline(
                manager,
                { ...target, phrase: said, edtf: `20${30 + (at % 60)}`, anchorId: null, reason: said },
                moment,
              )
            : kind === 2
              ? editTexts(
                  manager,
                  {
                    ...target,
                    title: { ...row.title, en: said },
                    statement: { en: said, vi: "", lo: "" },
                    draftLocales: [],
                  },
                  moment,
                )
              : assignOwner(manager, { ...target, ownerId: at % 2 ? author.id : manager.id }, moment);
      row.version = (await edited).version;
    }
  };
  await Promise.all([0, 1, 2, 3, 4].map(one));
}
