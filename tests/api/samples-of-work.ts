import { just, type Make, type Sample } from "./sample.ts";
import { newDay, newName, portfolioId, type World } from "./world.ts";

/** The same of what is written, made, brought in, sent out and looked after. */

/** A report that who asks has begun, or where they may not an admin; version 1. */
const draft =
  (of: (report: { id: string; version: number }, world: World) => Sample | Promise<Sample>): Make =>
  async (world) =>
    of(await world.written(), world);

const reports: Record<string, Make> = {
  build: just("/reports/document?portfolio=viet-nam-laos&template=status&day=2026-06-30&lang=vi"),
  download: just("/reports/file?portfolio=viet-nam-laos&as=csv&template=indicators"),
  list: async (world) => {
    await world.written();
    return { path: "/reports?portfolio=viet-nam-laos" };
  },
  compare: async (world) => ({ path: `/reports/comparison?first=${await world.issued()}` }),
  get: async (world) => ({ path: `/reports/${await world.issued()}` }),
  file: async (world) => ({ path: `/reports/${await world.issued()}/file?as=csv` }),
  create: (world) => ({ path: "/reports", body: { portfolioId, title: newName().vi, request: world.request } }),
  again: draft(({ id }) => ({ path: `/reports/${id}/again`, body: {} })),
  edit: draft(({ id, version }) => ({ path: `/reports/${id}`, version, body: { summary: "**Tried**" } })),
  submit: draft(({ id, version }) => ({ path: `/reports/${id}/submit`, version, body: {} })),
  approve: draft(async ({ id }, world) => {
    await world.submit(id);
    return { path: `/reports/${id}/approve`, version: 2, body: {} };
  }),
  sendBack: draft(async ({ id }, world) => {
    await world.submit(id);
    return { path: `/reports/${id}/send-back`, version: 2, body: { reason: "tried" } };
  }),
  issue: draft(({ id, version }) => ({ path: `/reports/${id}/issue`, version, body: {} })),
  discard: draft(({ id, version }) => ({ path: `/reports/${id}`, version })),
  comment: draft(({ id }) => ({ path: `/reports/${id}/comments`, body: { section: null, text: "tried" } })),
  resolve: draft(async ({ id }, world) => {
    const said = await world.make(`/reports/${id}/comments`, { section: null, text: "tried" });
    return { path: `/reports/comments/${said.id}`, version: said.version, body: { resolved: true } };
  }),
};

const templates: Record<string, Make> = {
  list: async (world) => {
    await world.template();
    return { path: "/templates?portfolio=viet-nam-laos" };
  },
  create: (world) => ({ path: "/templates", body: { portfolioId, name: newName().en, request: world.request } }),
  rename: async (world) => ({ path: `/templates/${await world.template()}`, version: 1, body: { name: newName().en } }),
  delete: async (world) => ({ path: `/templates/${await world.template()}`, version: 1 }),
};

const schedules: Record<string, Make> = {
  list: just("/schedules?portfolio=viet-nam-laos"),
  get: async (world) => ({ path: `/schedules/${(await world.scheduled()).id}?portfolio=viet-nam-laos` }),
  create: (world) => ({ path: "/schedules", body: { portfolioId, ...world.schedule() } }),
  edit: async (world) => ({ path: `/schedules/${(await world.scheduled()).id}`, version: 1, body: world.schedule() }),
  switch: async (world) => ({
    path: `/schedules/${(await world.scheduled()).id}/active`,
    version: 1,
    body: { active: false },
  }),
};

const tasks: Record<string, Make> = {
  list: async (world) => {
    await world.finished();
    return { path: "/tasks" };
  },
  get: async (world) => ({ path: `/tasks/${await world.finished()}` }),
  create: () => ({ path: "/tasks", body: { portfolioId, kind: "archive", input: {} } }),
  cancel: async (world) => ({ path: `/tasks/${await world.asked()}` }),
  file: async (world) => ({ path: `/tasks/${await world.finished()}/file?portfolio=viet-nam-laos` }),
};

const imports: Record<string, Make> = {
  template: just("/imports/template?portfolio=viet-nam-laos&as=csv"),
  list: async (world) => {
    await world.uploaded();
    return { path: "/imports?portfolio=viet-nam-laos" };
  },
  get: async (world) => ({ path: `/imports/${await world.uploaded()}?portfolio=viet-nam-laos` }),
  create: (world) => ({ path: "/imports?portfolio=viet-nam-laos&name=records.csv", body: world.csv() }),
  map: async (world) => ({ path: `/imports/${await world.uploaded()}/mapping`, version: 1, body: world.mapping }),
  preview: async (world) => ({
    path: `/imports/${(await world.mapped()).id}/preview?portfolio=viet-nam-laos&act=create`,
  }),
  tick: async (world) => ({
    path: `/imports/${(await world.mapped()).id}/ticks`,
    version: 2,
    body: { rows: null, ticked: true },
  }),
  previewFile: async (world) => ({
    path: `/imports/${(await world.mapped()).id}/preview/file?portfolio=viet-nam-laos`,
  }),
  run: async (world) => {
    const { id, fingerprint } = await world.mapped();
    return { path: `/imports/${id}/run`, version: 2, body: { fingerprint } };
  },
  undo: async (world) => {
    const { id, fingerprint } = await world.mapped();
    await world.versioned("POST", `/imports/${id}/run`, 2, { fingerprint });
    return { path: `/imports/${id}/undo`, version: 3, body: {} };
  },
  discard: async (world) => ({ path: `/imports/${await world.uploaded()}`, version: 1 }),
};

const pictures: Record<string, Make> = {
  "search.find": just("/search?portfolio=viet-nam-laos&q=hospital"),
  "overview.get": just("/overview?portfolio=viet-nam-laos"),
  "timeline.get": just("/timeline?portfolio=viet-nam-laos&group=agency&form=pledge"),
  "calendar.get": just("/calendar?portfolio=viet-nam-laos&month=2026-12"),
  "desk.get": just("/desk?portfolio=viet-nam-laos&of=all"),
  "commitments.counts": just("/commitments/counts?portfolio=viet-nam-laos&form=pledge"),
  "commitments.file": just("/commitments/file?portfolio=viet-nam-laos&form=pledge"),
  "commitments.reminders": async (world) => ({ path: `/commitments/${(await world.record()).id}/reminders` }),
  "reminders.plan": just("/reminders/plan?portfolio=viet-nam-laos&days=30"),
  "audit.search": just("/audit?q=VL-001"),
  "worker.get": just("/worker"),
  "security.get": just("/security"),
  "security.edit": async (world) => {
    const { version, secondFactorRoles: roles } = await world.get<{ version: number; secondFactorRoles: string[] }>(
      "/security",
    );
    // As it is: what is asked of a role here would be asked of those who ask.
    return { path: "/security", version, body: { roles } };
  },
};

const letters: Record<string, Make> = {
  list: async (world) => {
    await world.letter("waiting");
    return { path: "/letters?state=waiting" };
  },
  get: async (world) => ({ path: `/letters/${await world.letter("sent")}` }),
  sendAgain: async (world) => ({ path: `/letters/${await world.letter("parked")}/again`, body: {} }),
  sendNow: async (world) => ({ path: `/letters/${await world.letter("waiting")}/now`, body: {} }),
};

const sessions: Record<string, Make> = {
  list: just("/sessions"),
  end: async (world) => ({ path: `/sessions/${await world.session()}` }),
  endAll: async (world) => {
    await world.session();
    return { path: "/sessions" };
  },
};

const hook = () => ({ url: `https://hooks.example/${newDay()}`, description: "", kinds: ["commitment"] });

const webhooks: Record<string, Make> = {
  list: just("/webhooks?portfolio=viet-nam-laos"),
  get: async (world) => ({ path: `/webhooks/${await world.webhook()}?portfolio=viet-nam-laos` }),
  create: async (world) => {
    await world.room();
    return { path: "/webhooks", body: { portfolioId, ...hook() } };
  },
  edit: async (world) => ({ path: `/webhooks/${await world.webhook()}`, version: 1, body: hook() }),
  switch: async (world) => ({ path: `/webhooks/${await world.webhook()}/active`, version: 1, body: { active: false } }),
  roll: async (world) => ({ path: `/webhooks/${await world.webhook()}/keys`, version: 1, body: {} }),
  delete: async (world) => ({ path: `/webhooks/${await world.webhook()}`, version: 1 }),
  test: async (world) => ({ path: `/webhooks/${await world.webhook()}/tests`, body: {} }),
};

const deliveries: Record<string, Make> = {
  list: async (world) => {
    const { webhookId } = await world.delivery();
    return { path: `/webhooks/${webhookId}/deliveries?portfolio=viet-nam-laos&state=parked` };
  },
  redeliver: async (world) => ({ path: `/deliveries/${(await world.delivery()).id}/again`, body: {} }),
  redeliverParked: async (world) => ({ path: `/webhooks/${(await world.delivery()).webhookId}/parked`, body: {} }),
};

const nouns = { reports, templates, schedules, tasks, imports, letters, sessions, webhooks, deliveries };

export const work: Readonly<Record<string, Make>> = {
  ...Object.fromEntries(
    Object.entries(nouns).flatMap(([noun, makes]) =>
      Object.entries(makes).map(([verb, make]) => [`${noun}.${verb}`, make]),
    ),
  ),
  ...pictures,
};
