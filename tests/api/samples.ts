import { just, type Make } from "./sample.ts";
import { work } from "./samples-of-work.ts";
import { newDay, newName, newPrefix, portfolioId, text, type World } from "./world.ts";

/** For every operation of the API a request that is right, made anew at each call. One without a sample fails the tests. */

/** An edit of a fresh record. */
const edit =
  (name: string, body: object | ((world: World) => Promise<object>)): Make =>
  async (world) => {
    const { id, version } = await world.record();
    return { path: `/commitments/${id}/${name}`, version, body: typeof body === "function" ? await body(world) : body };
  };

const commitments: Record<string, Make> = {
  list: just("/commitments?form=pledge,target&sort=-deadline&limit=3"),
  get: just("/commitments/VL-001"),
  history: async (world) => ({ path: `/commitments/${(await world.record()).id}/history?limit=5` }),
  create: async () => ({
    path: "/commitments",
    body: {
      ...{ portfolioId, form: "instrument", kind: "plan", strength: "obligation", sectorId: "health" },
      ...{ title: text, statement: text, deadline: { phrase: "by 2030", edtf: "2030", anchorId: null } },
      ...{
        parties: [{ partyId: "laos", role: "lead" }],
        money: [{ amount: "5.50", currency: "USD", stage: "pledged" }],
      },
    },
  }),
  duplicate: async (world) => ({ path: `/commitments/${(await world.record()).id}/duplicate`, version: 1, body: {} }),
  changeMany: async (world) => ({
    path: "/commitments/changes",
    body: {
      rows: [await world.record()].map(({ id, version }) => ({ id, version })),
      change: { field: "owner", ownerId: null },
    },
  }),
  delete: async (world) => ({ path: `/commitments/${(await world.record()).id}`, version: 1 }),
  report: edit("reports", { completion: "limited", evidence: "reported", text: "tried", asOf: "2026-01-01" }),
  withdraw: edit("withdraw", { reason: "tried" }),
  reopen: async (world) => {
    const { id, version } = await world.withdrawn();
    return { path: `/commitments/${id}/reopen`, version, body: {} };
  },
  supersede: edit("supersede", async (world) => ({ successorId: (await world.record()).id })),
  owner: edit("owner", { ownerId: null }),
  deadline: edit("deadline", { phrase: "by 2031", edtf: "2031", anchorId: null, reason: "tried" }),
  texts: edit("texts", { title: newName(), statement: text, draftLocales: ["lo"] }),
  classification: edit("classification", {
    form: "target",
    kind: "number",
    strength: "aspiration",
    sectorId: "energy",
  }),
  parties: edit("parties", { parties: [{ partyId: "laos", role: "beneficiary" }], places: ["attapeu"] }),
  money: edit("money", { money: [{ amount: 7, currency: "LAK", stage: "pledged" }] }),
  milestones: edit("milestones", { milestones: [{ title: text, phrase: null, edtf: "2030", doneOn: null }] }),
  instrument: async (world) => {
    const { id, version } = await world.record({ form: "instrument", kind: "plan" });
    const fields = { signed: null, inEffectFrom: null, ends: "2031", noticeDays: 30 };
    const body = { ...fields, binding: "no", textHeld: true, lifecycle: "signed" };
    return { path: `/commitments/${id}/instrument`, version, body };
  },
  relations: edit("relations", async (world) => ({ parentId: (await world.record()).id, predecessorId: null })),
  meetings: edit("meetings", async (world) => ({
    meetings: [{ meetingId: (await world.meeting()).id, relation: "planned" }],
  })),
  indicators: edit("indicators", async (world) => ({ indicatorIds: [(await world.indicator()).id] })),
  cite: edit("citations", async (world) => ({ sourceId: (await world.source()).id, paragraph: 2 })),
  uncite: async (world) => {
    const { id, version, citations } = await world.cited();
    return { path: `/commitments/${id}/citations/${citations[0]?.id}`, version };
  },
};

const claim = { paragraph: 3, wrong: text, right: text, explanation: text };

const sources: Record<string, Make> = {
  list: just("/sources?limit=2"),
  get: async (world) => ({ path: `/sources/${(await world.get<Page>("/sources")).data[0]?.id}` }),
  create: () => ({
    path: "/sources",
    body: {
      ...{ portfolioId, title: "Printed", label: newName(), publisher: null, dateEdtf: "2026", inferred: null },
      ...{ language: "vi", kind: "press", paragraphs: 9 },
    },
  }),
  edit: async (world) => {
    const { id, version } = await world.source();
    const fields = { title: "Printed", label: newName(), publisher: null, dateEdtf: "2026", inferred: null };
    return { path: `/sources/${id}`, version, body: { ...fields, language: "lo", kind: "press", paragraphs: 12 } };
  },
  silence: async (world) => {
    const { id, version } = await world.source();
    return { path: `/sources/${id}/silent`, version, body: { paragraphs: [1, 2], reason: text } };
  },
  unsilence: async (world) => ({ path: `/sources/${(await world.source()).id}/silent/4`, version: 1 }),
  erratum: async (world) => ({ path: `/sources/${(await world.source()).id}/errata`, version: 1, body: claim }),
  withdrawErratum: async (world) => {
    const body = { portfolioId, label: newName(), language: "vi", kind: "press", paragraphs: 9 };
    const { id } = await world.make("/sources", { ...body, errata: [{ key: "p3", ...claim }] });
    return { path: `/sources/${id}/errata/p3`, version: 1 };
  },
};

type Page = { data: { id: string }[] };

const meetings: Record<string, Make> = {
  list: just("/meetings?portfolio=viet-nam-laos"),
  get: async (world) => ({ path: `/meetings/${(await world.get<Page>("/meetings")).data[0]?.id}` }),
  create: (world) => ({
    path: "/meetings",
    body: { portfolioId, ...world.meetingFields, name: newName(), ...world.when },
  }),
  edit: async (world) => {
    const { id, version } = await world.meeting();
    return { path: `/meetings/${id}`, version, body: { ...world.meetingFields, name: newName() } };
  },
  date: async (world) => {
    const { id, version } = await world.meeting();
    const body = { phrase: "in 2028", edtf: "2028", inferred: null, reason: "tried" };
    return { path: `/meetings/${id}/date`, version, body };
  },
};

const indicators: Record<string, Make> = {
  list: just("/indicators"),
  get: async (world) => ({ path: `/indicators/${(await world.get<Page>("/indicators")).data[0]?.id}` }),
  create: (world) => ({ path: "/indicators", body: { portfolioId, ...world.indicatorFields, name: newName() } }),
  edit: async (world) => {
    const { id, version } = await world.indicator();
    return { path: `/indicators/${id}`, version, body: { ...world.indicatorFields, name: newName(), unit: "VND" } };
  },
};

const figures: Record<string, Make> = {
  create: async (world) => ({
    path: `/indicators/${(await world.indicator()).id}/figures`,
    body: await world.figureFields(),
  }),
  get: async (world) => ({ path: `/figures/${(await world.figure()).id}` }),
  correct: async (world) => {
    const { id, version } = await world.figure();
    return { path: `/figures/${id}`, version, body: { ...(await world.figureFields()), value: 6, reason: "tried" } };
  },
  withdraw: async (world) => {
    const { id, version } = await world.figure();
    return { path: `/figures/${id}/withdraw`, version, body: { reason: "tried" } };
  },
};

const targets: Record<string, Make> = {
  create: async (world) => ({
    path: `/indicators/${(await world.indicator()).id}/targets`,
    body: { commitmentId: (await world.record()).id, ...(await world.goal()) },
  }),
  get: async (world) => ({ path: `/targets/${(await world.target()).id}` }),
  correct: async (world) => {
    const { id, version } = await world.target();
    return { path: `/targets/${id}`, version, body: { ...(await world.goal()), value: 6, reason: "tried" } };
  },
  withdraw: async (world) => {
    const { id, version } = await world.target();
    return { path: `/targets/${id}/withdraw`, version, body: { reason: "tried" } };
  },
};

const parties: Record<string, Make> = {
  list: just("/parties"),
  get: just("/parties/laos"),
  create: () => ({
    path: "/parties",
    body: { kind: "company", name: newName(), aliases: ["Other"], parentId: "laos", iso: null, side: "la" },
  }),
  edit: async (world) => {
    const body = { kind: "ministry", name: newName(), aliases: [], parentId: null, iso: "LA", side: "la" };
    return { path: `/parties/${(await world.party()).id}`, version: 1, body };
  },
};

const places: Record<string, Make> = {
  list: just("/places"),
  get: just("/places/attapeu"),
  create: () => ({ path: "/places", body: { name: newName(), aliases: [], iso: null, country: "la" } }),
  edit: async (world) => ({
    path: `/places/${(await world.place()).id}`,
    version: 1,
    body: { name: newName(), aliases: ["Other"], iso: null, country: "vn" },
  }),
};

const views: Record<string, Make> = {
  list: async (world) => {
    await world.view();
    return { path: "/views?portfolio=viet-nam-laos" };
  },
  create: () => ({ path: "/views", body: { portfolioId, name: newName().en, query: "form=pledge", shared: false } }),
  edit: async (world) => {
    const { id, version } = await world.view();
    return { path: `/views/${id}`, version, body: { name: newName().en, shared: false } };
  },
  delete: async (world) => ({ path: `/views/${(await world.view()).id}`, version: 1 }),
};

const feeds: Record<string, Make> = {
  list: async (world) => {
    await world.own("POST", "/feeds", { portfolioId, viewId: null });
    return { path: "/feeds" };
  },
  create: () => ({ path: "/feeds", body: { portfolioId, viewId: null } }),
  revoke: async (world) => ({
    path: `/feeds/${(await world.own("POST", "/feeds", { portfolioId, viewId: null })).id}`,
  }),
};

const rules: Record<string, Make> = {
  list: just("/rules?portfolio=viet-nam-laos"),
  matches: just("/rules/matches?portfolio=viet-nam-laos&query=form%3Dpledge"),
  get: async (world) => ({ path: `/rules/${(await world.newRule()).id}?portfolio=viet-nam-laos` }),
  create: (world) => ({ path: "/rules", body: { portfolioId, ...world.rule } }),
  edit: async (world) => {
    const { id, version } = await world.newRule();
    return { path: `/rules/${id}`, version, body: { ...world.rule, offsets: [-7] } };
  },
  switch: async (world) => {
    const { id, version } = await world.newRule();
    return { path: `/rules/${id}/active`, version, body: { active: false } };
  },
};

const holidays: Record<string, Make> = {
  list: just("/holidays?year=2026"),
  create: () => ({ path: "/holidays", body: { country: "LA", day: newDay(), name: text } }),
  rename: async (world) => ({
    path: `/holidays/VN/${await world.holiday()}/name`,
    version: 1,
    body: { name: newName() },
  }),
  strike: async (world) => ({ path: `/holidays/VN/${await world.holiday()}/works`, version: 1, body: { works: true } }),
};

const item =
  (path: string, more: object = {}): Make =>
  async (world) => ({ path, body: { commitmentId: await world.reminded(), ...more } });

const inbox: Record<string, Make> = {
  list: async (world) => {
    await world.reminded();
    return { path: "/inbox" };
  },
  read: item("/inbox/read"),
  readAll: () => ({ path: "/inbox/read-all", body: {} }),
  done: item("/inbox/done"),
  snooze: async (world) => ({
    path: "/inbox/snooze",
    body: { commitmentId: await world.reminded(), until: tomorrow() },
  }),
  restore: () => ({ path: "/inbox/restore", body: { ids: [], snoozed: null } }),
};

/** Wherever it is. */
const tomorrow = () => new Date(Date.now() + 48 * 3_600_000).toISOString().slice(0, 10);

const watches: Record<string, Make> = {
  list: async (world) => {
    await world.own("PUT", `/watches/commitments/${(await world.record()).id}`);
    await world.own("PUT", `/watches/views/${(await world.view()).id}`);
    await world.own("PUT", `/mutes/${(await world.record()).id}`);
    return { path: "/watches" };
  },
  record: async (world) => ({ path: `/watches/commitments/${(await world.record()).id}` }),
  endRecord: async (world) => {
    const path = `/watches/commitments/${(await world.record()).id}`;
    await world.own("PUT", path);
    return { path };
  },
  view: async (world) => ({ path: `/watches/views/${(await world.view()).id}` }),
  endView: async (world) => {
    const path = `/watches/views/${(await world.view()).id}`;
    await world.own("PUT", path);
    return { path };
  },
};

const mutes: Record<string, Make> = {
  set: async (world) => ({ path: `/mutes/${(await world.record()).id}` }),
  snooze: async (world) => ({ path: `/mutes/${(await world.record()).id}/until`, body: { until: tomorrow() } }),
  end: async (world) => {
    const path = `/mutes/${(await world.record()).id}`;
    await world.own("PUT", path);
    return { path };
  },
};

const own: Record<string, Make> = {
  "preferences.get": just("/preferences"),
  "preferences.edit": async (world) => {
    const {
      version,
      locale: _locale,
      ...chosen
    } = await world.own<{ version: number; locale: null }>("GET", "/preferences");
    return { path: "/preferences", version, body: { ...chosen, locale: null, hour: (version % 20) + 1 } };
  },
  "me.get": just("/me"),
  "me.edit": async (world) => {
    const { version } = await world.own("GET", "/me");
    return { path: "/me", version, body: { name: newName().vi, locale: null } };
  },
  "tokens.revoke": async (world) => ({ path: `/tokens/${await world.token()}` }),
  "portfolios.list": just("/portfolios"),
  "portfolios.create": () => ({ path: "/portfolios", body: { name: newName(), prefix: newPrefix() } }),
  "portfolios.edit": async (world) => {
    const { id } = await world.portfolio();
    return { path: `/portfolios/${id}`, version: 1, body: { name: newName() } };
  },
  "sectors.list": just("/sectors"),
};

const people: Record<string, Make> = {
  list: just("/people?state=all&q=test"),
  get: async (world) => ({ path: `/people/${(await world.newPerson()).id}` }),
  create: (world) => ({ path: "/people", body: world.person() }),
  edit: async (world) => ({ path: `/people/${(await world.newPerson()).id}`, version: 1, body: world.person() }),
  disable: async (world) => ({ path: `/people/${(await world.newPerson()).id}/disable`, body: {} }),
  enable: async (world) => ({ path: `/people/${(await world.newPerson()).id}/enable`, body: {} }),
  link: async (world) => ({ path: `/people/${(await world.newPerson()).id}/links`, body: {} }),
  invite: (world) => ({ path: "/people/invitations", body: world.person() }),
  mailLink: async (world) => ({ path: `/people/${(await world.newPerson()).id}/invitations`, body: {} }),
  belongings: async (world) => ({ path: `/people/${(await world.newPerson()).id}/belongings` }),
  handOver: async (world) => ({
    path: `/people/${(await world.newPerson()).id}/hand-over`,
    body: { email: `${world.who.id}@kept.example` },
  }),
  resetFactors: async (world) => ({ path: `/people/${(await world.newPerson()).id}/factors` }),
  endSessions: async (world) => ({ path: `/people/${(await world.newPerson()).id}/sessions` }),
};

const nouns = {
  ...{ commitments, sources, meetings, indicators, figures, targets, parties, places },
  ...{ views, feeds, rules, holidays, inbox, watches, mutes, people },
};

export const samples: Readonly<Record<string, Make>> = {
  ...Object.fromEntries(
    Object.entries(nouns).flatMap(([noun, makes]) =>
      Object.entries(makes).map(([verb, make]) => [`${noun}.${verb}`, make]),
    ),
  ),
  ...own,
  ...work,
};
