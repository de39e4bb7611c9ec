import { randomUUID } from "node:crypto";
import { hashSecret } from "#lib/actor.ts";
import { query, type SignedIn } from "#tests/support/people.ts";

/** Things of the register to try the API on: each call makes one that nobody has touched, by the API itself. */

type Versioned = { id: string; version: number };
export type Ask = (
  method: string,
  path: string,
  asked?: { headers?: Record<string, string>; body?: unknown },
) => Promise<Response>;

export const portfolioId = "viet-nam-laos";
export const text = { en: "Tried", vi: "Đã thử", lo: "ລອງແລ້ວ" };
let count = 0;
/** A name that nothing else has. */
export const newName = () => ({ en: `Tried ${++count}`, vi: `Đã thử ${count}`, lo: `ລອງແລ້ວ ${count}` });
/** Letters that no other portfolio's references begin with. */
export const newPrefix = () => `T${[...String(++count)].map((digit) => "ABCDEFGHIJ"[Number(digit)]).join("")}`;
/** A day that nothing else has. */
export const newDay = () => new Date(Date.UTC(2150, 0, ++count)).toISOString().slice(0, 10);

export type World = ReturnType<typeof createWorld>;

/** `who` asks; `admin` makes what is asked about. */
export function createWorld({ ask, admin, who }: { ask: Ask; admin: SignedIn; who: SignedIn }) {
  const ownerUrl = () => process.env.KEPT_OWNER_URL ?? "";
  async function as<R>({ token }: SignedIn, method: string, path: string, body?: unknown): Promise<R> {
    const response = await ask(method, path, { headers: { authorization: `Bearer ${token}` }, body });
    const answer = response.status === 204 ? null : await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer as R;
  }
  const make = <R = Versioned>(path: string, body: unknown) => as<R>(admin, "POST", path, body);
  const versioned = (id: string) => ({ id, version: 1 });
  const record = (more: object = {}) =>
    make("/commitments", {
      ...{ portfolioId, form: "pledge", kind: "project", strength: "pledge", sectorId: "health" },
      ...{ title: text, statement: text, ownerId: who.id, ...more },
    });
  const portfolio = () => make<{ id: string }>("/portfolios", { name: newName(), prefix: newPrefix() });
  const source = async () =>
    versioned(
      (
        await make("/sources", {
          ...{ portfolioId, title: null, label: newName(), publisher: null, dateEdtf: "2026-01-01", inferred: null },
          ...{ language: "vi", kind: "press", paragraphs: 9 },
        })
      ).id,
    );
  const meetingFields = {
    ...{ kind: "committee_session", name: text, statement: text, placeId: null, partyIds: ["laos"], citations: [] },
  };
  const when = { phrase: "in 2027", edtf: "2027", inferred: null };
  const meeting = async () =>
    versioned((await make("/meetings", { portfolioId, ...meetingFields, name: newName(), ...when })).id);
  const indicatorFields = { name: text, unit: "USD", direction: "increase" };
  const indicator = async () =>
    versioned((await make("/indicators", { portfolioId, ...indicatorFields, name: newName() })).id);
  const goal = async () => ({ value: 5, phrase: "2027", edtf: "2027", sourceId: (await source()).id, paragraph: 1 });
  const figureFields = async () => ({ ...(await goal()), qualifier: "exact", kind: null, inferred: null, note: null });
  const rule = {
    ...{ name: text, query: "", date: "deadline", reportEvery: null, offsets: [-30, 0], repeatEvery: null },
    ...{ counting: "calendar", countries: [], recipients: ["owner"], personId: null },
    ...{ escalateAfter: null, escalateTo: [], escalatePersonId: null },
  };
  const person = () => ({
    name: "Somebody",
    email: `${randomUUID()}@kept.example`,
    admin: false,
    roles: {},
    agencyId: null,
    locale: null,
  });
  const versionedly = async <R>(method: string, path: string, version: number, body: unknown): Promise<R> => {
    const headers = { authorization: `Bearer ${admin.token}`, "if-match": `"${version}"` };
    const response = await ask(method, path, { headers, body });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return (await response.json()) as R;
  };
  const request = { template: "indicators", locale: "en" };
  const written = () =>
    as<Versioned>(who.role === "viewer" ? admin : who, "POST", "/reports", {
      portfolioId,
      title: newName().en,
      request,
    });
  let kept: Promise<string> | undefined;
  const schedule = () => ({
    ...{ name: newName().en, request, formats: ["csv"], every: "week", weekday: 1, monthDay: null },
    ...{ daysBefore: null, hour: 8, personIds: [who.id], addresses: [] },
  });
  const insert = async (statement: string, values: unknown[]): Promise<string> => {
    const [row] = await query<{ id: string }>(ownerUrl(), `${statement} RETURNING id`, values);
    return row?.id ?? "";
  };
  const csv = () =>
    Buffer.from(
      `title.en,statement.en,form,kind,strength,sector\nTried ${newDay()},To be done,pledge,project,pledge,health\n`,
    );
  const mapping = {
    columns: ["title.en", "statement.en", "form", "kind", "strength", "sector"],
    ...{ clear: false, reason: "" },
  };
  const uploaded = async () => (await make("/imports?portfolio=viet-nam-laos&name=records.csv", csv())).id;
  /** A portfolio has so many webhooks and no more. */
  const room = () => query(ownerUrl(), "DELETE FROM webhook WHERE portfolio_id = $1", [portfolioId]);
  const webhook = async () => {
    const [row] = await query<{ count: number }>(ownerUrl(), "SELECT count(*)::int AS count FROM webhook");
    if ((row?.count ?? 0) > 15) await room();
    const fields = { portfolioId, url: `https://hooks.example/${newDay()}`, description: "", kinds: [] };
    return (await make("/webhooks", fields)).id;
  };
  return {
    ...{ request, written, schedule, csv, mapping, uploaded, room, webhook, versioned: versionedly },
    submit: (id: string) => versionedly("POST", `/reports/${id}/submit`, 1, {}),
    issued: () => {
      kept ??= make("/reports", { portfolioId, title: newName().en, request }).then(async ({ id }) => {
        await versionedly("POST", `/reports/${id}/issue`, 1, {});
        return id;
      });
      return kept;
    },
    template: async () => (await make("/templates", { portfolioId, name: newName().en, request })).id,
    scheduled: () => make("/schedules", { portfolioId, ...schedule() }),
    asked: () =>
      insert(
        "INSERT INTO task (id, portfolio_id, person_id, kind, input) VALUES (gen_random_uuid(), $1, $2, 'archive', '{}')",
        [portfolioId, who.id],
      ),
    finished: async () => {
      const id = await insert(
        `INSERT INTO task (id, portfolio_id, person_id, kind, input, state, finished_at, file_name, file_type, file_bytes)
          VALUES (gen_random_uuid(), $1, $2, 'archive', '{}', 'done', now(), 'a.zip', 'application/zip', 3)`,
        [portfolioId, who.id],
      );
      await query(ownerUrl(), "INSERT INTO task_chunk (task_id, position, bytes) VALUES ($1, 0, 'abc')", [id]);
      return id;
    },
    mapped: async () => {
      const id = await uploaded();
      await versionedly("PUT", `/imports/${id}/mapping`, 1, mapping);
      const path = `/imports/${id}/preview?portfolio=${portfolioId}`;
      return { id, ...(await as<{ fingerprint: string }>(admin, "GET", path)) };
    },
    letter: (state: string) =>
      insert(
        'INSERT INTO letter (id, person_id, message_id, state) VALUES (gen_random_uuid(), $1, $2, $3::"LetterState")',
        [who.id, randomUUID(), state],
      ),
    session: () =>
      insert(
        "INSERT INTO session (id, token_hash, person_id, expires_at) VALUES (gen_random_uuid(), $1, $2, now() + interval '1 day')",
        [hashSecret(randomUUID()), who.id],
      ),
    delivery: async () => {
      const webhookId = await webhook();
      const statement = "INSERT INTO webhook_delivery (id, webhook_id, state) VALUES (gen_random_uuid(), $1, 'parked')";
      return { webhookId, id: await insert(statement, [webhookId]) };
    },
    ...{
      who,
      portfolio,
      record,
      source,
      meeting,
      meetingFields,
      when,
      indicator,
      indicatorFields,
      goal,
      figureFields,
      rule,
      person,
    },
    make,
    get: <R>(path: string) => as<R>(admin, "GET", path),
    own: <R = Versioned>(method: string, path: string, body?: unknown) => as<R>(who, method, path, body),
    cited: async () => {
      const { id } = await record({ citations: [{ sourceId: (await source()).id, paragraph: 1 }] });
      return as<Versioned & { citations: { id: string }[] }>(admin, "GET", `/commitments/${id}`);
    },
    withdrawn: async () => {
      const { id, version } = await record();
      await query(ownerUrl(), "UPDATE commitment SET completion = 'withdrawn' WHERE id = $1", [id]);
      return { id, version };
    },
    party: async () =>
      make("/parties", { kind: "company", name: newName(), aliases: [], parentId: null, iso: null, side: null }),
    place: async () => make("/places", { name: newName(), aliases: [], iso: null, country: null }),
    figure: async () => make(`/indicators/${(await indicator()).id}/figures`, await figureFields()),
    target: async () =>
      make(`/indicators/${(await indicator()).id}/targets`, { commitmentId: (await record()).id, ...(await goal()) }),
    newRule: () => make("/rules", { portfolioId, ...rule }),
    newPerson: () => make<{ id: string }>("/people", person()),
    view: (shared = false) =>
      as<Versioned>(who, "POST", "/views", { portfolioId, name: newName().en, query: "form=pledge", shared }),
    holiday: async () => {
      const day = newDay();
      await make("/holidays", { country: "VN", day, name: text });
      return day;
    },
    token: async () => {
      const id = randomUUID();
      const statement = "INSERT INTO api_token (id, token_hash, person_id, label) VALUES ($1, $2, $3, 'to be revoked')";
      await query(ownerUrl(), statement, [id, hashSecret(id), who.id]);
      return id;
    },
    reminded: async () => {
      const { id } = await record();
      await query(
        ownerUrl(),
        `INSERT INTO reminder (id, portfolio_id, commitment_id, occurrence, person_id, topic, day, due_at, about, mail, in_app)
          VALUES (gen_random_uuid(), $1, $2, 'tried', $3, 'overdue', '2026-01-01', now(), '{"kind":"deadline"}', false, true)`,
        [portfolioId, id, who.id],
      );
      return id;
    },
  };
}
