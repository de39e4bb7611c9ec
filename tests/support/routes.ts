/** Every route that the build may contain, and what each role gets there: asked by tests/e2e/authorization.test.ts. */

export const roles = ["viewer", "editor", "manager", "admin"] as const;
export type Role = (typeof roles)[number];

export const register = "/viet-nam-laos";
const everybody = { viewer: 200, editor: 200, manager: 200, admin: 200 };
const nobodys401 = { viewer: 401, editor: 401, manager: 401, admin: 401 };
/** Pages send whoever is not signed in to the sign-in page, data routes refuse. */
const page = (path: string, signedIn: Record<Role, number> = everybody) => ({ path, anonymous: 307, signedIn });
const data = (path: string, signedIn: Record<Role, number> = everybody) => ({ path, anonymous: 401, signedIn });
const open = (path: string, status = 200) => ({
  path,
  anonymous: status,
  signedIn: { viewer: status, editor: status, manager: status, admin: status },
});

type Expected = { path: string; anonymous: number; signedIn: Record<Role, number> };

/** Every route of the build. `:id` is a record's, `:person` somebody else's. */
export const routes: Record<string, Expected> = {
  "/": { ...page("/"), signedIn: { viewer: 307, editor: 307, manager: 307, admin: 307 } },
  "/[portfolio]": { ...page(register), signedIn: { viewer: 307, editor: 307, manager: 307, admin: 307 } },
  "/[portfolio]/register": page(`${register}/register`),
  "/[portfolio]/overview": page(`${register}/overview`),
  "/[portfolio]/calendar": page(`${register}/calendar?month=2026-12`),
  "/[portfolio]/timeline": page(`${register}/timeline?group=agency&zoom=month`),
  "/[portfolio]/desk": page(`${register}/desk`),
  "/[portfolio]/commitments/[reference]": page(`${register}/commitments/VL-001`),
  "/[portfolio]/sources": page(`${register}/sources`),
  "/[portfolio]/sources/[key]": page(`${register}/sources/deepening`),
  "/[portfolio]/meetings": page(`${register}/meetings`),
  "/[portfolio]/meetings/[key]": page(`${register}/meetings/committee-48`),
  "/[portfolio]/indicators": page(`${register}/indicators`),
  "/[portfolio]/indicators/[key]": page(`${register}/indicators/bilateral-trade`),
  ...Object.fromEntries(
    [
      ["sources/new", "sources/new"],
      ["sources/[key]/edit", "sources/deepening/edit"],
      ["meetings/new", "meetings/new"],
      ["meetings/[key]/edit", "meetings/committee-48/edit"],
      ["indicators/new", "indicators/new"],
      ["indicators/[key]/edit", "indicators/bilateral-trade/edit"],
      ["indicators/[key]/figures/new", "indicators/bilateral-trade/figures/new"],
      ["indicators/[key]/figures/[id]", "indicators/bilateral-trade/figures/:figure"],
      ["indicators/[key]/targets/new", "indicators/bilateral-trade/targets/new"],
      ["indicators/[key]/targets/[id]", "indicators/bilateral-trade/targets/:target"],
      ["parties", "parties"],
      ["parties/new", "parties/new"],
      ["parties/[id]", "parties/laos"],
      ["places/new", "places/new"],
      ["places/[id]", "places/attapeu"],
    ].map(([route, path]) => [`/[portfolio]/${route}`, page(`${register}/${path}`)]),
  ),
  "/[portfolio]/commitments/new": page(`${register}/commitments/new`),
  "/[portfolio]/commitments/choices": data(`${register}/commitments/choices?of=people&q=x`),
  "/[portfolio]/commitments/[reference]/values": data(`${register}/commitments/VL-001/values?form=report`),
  "/[portfolio]/commitments/[reference]/reminders": data(`${register}/commitments/VL-001/reminders`),
  "/[portfolio]/register/counts": data(`${register}/register/counts`),
  "/[portfolio]/register/download": data(`${register}/register/download?format=csv`),
  "/[portfolio]/register/filters": page(`${register}/register/filters`),
  "/[portfolio]/register/rows": data(`${register}/register/rows?ids=:id`),
  "/[portfolio]/register/saved": page(`${register}/register/saved`),
  "/[portfolio]/register/views": data(`${register}/register/views`),
  "/[portfolio]/register/words": data(`${register}/register/words`),
  "/[portfolio]/reports": page(`${register}/reports`),
  "/[portfolio]/reports/[id]": page(`${register}/reports/:report`),
  "/[portfolio]/reports/[id]/download": data(`${register}/reports/:report/download?as=csv`),
  "/[portfolio]/reports/compare": page(`${register}/reports/compare`),
  "/[portfolio]/reports/view": page(`${register}/reports/view?day=2026-01-01`),
  "/[portfolio]/reports/download": data(`${register}/reports/download?as=csv`),
  "/[portfolio]/reminders": page(`${register}/reminders`),
  "/[portfolio]/reminders/[id]": page(`${register}/reminders/:rule`),
  "/[portfolio]/reminders/new": page(`${register}/reminders/new`),
  "/[portfolio]/reminders/plan": page(`${register}/reminders/plan`),
  "/[portfolio]/reminders/holidays": page(`${register}/reminders/holidays`),
  "/[portfolio]/reminders/matches": data(`${register}/reminders/matches?query=sector%3Dhealth`),
  "/[portfolio]/reports/schedules": page(`${register}/reports/schedules`),
  "/[portfolio]/reports/schedules/new": page(`${register}/reports/schedules/new`),
  // For managers, and says so to others; there is none of that id.
  "/[portfolio]/reports/schedules/[id]": page(`${register}/reports/schedules/none`, {
    viewer: 200,
    editor: 200,
    manager: 404,
    admin: 404,
  }),
  "/[portfolio]/export": page(`${register}/export`),
  "/[portfolio]/tasks": page(`${register}/tasks`),
  "/[portfolio]/tasks/live": data(`${register}/tasks/live`),
  // Of somebody else, who alone may fetch it.
  "/[portfolio]/tasks/[id]/download": {
    ...data(`${register}/tasks/:task/download`),
    signedIn: { viewer: 404, editor: 404, manager: 404, admin: 404 },
  },
  // For managers; of the import there is none.
  "/[portfolio]/import": page(`${register}/import`),
  "/[portfolio]/import/[id]": page(`${register}/import/none`, { viewer: 200, editor: 200, manager: 404, admin: 404 }),
  "/[portfolio]/import/[id]/preview": data(`${register}/import/none/preview`, {
    ...{ viewer: 403, editor: 403, manager: 404, admin: 404 },
  }),
  "/[portfolio]/import/template": data(`${register}/import/template?as=csv`, {
    ...{ viewer: 403, editor: 403, manager: 200, admin: 200 },
  }),
  // It answers to POST alone (tests/e2e/import.test.ts).
  "/[portfolio]/import/upload": open(`${register}/import/upload`, 405),
  // For managers; of the webhook there is none.
  "/[portfolio]/webhooks": page(`${register}/webhooks`),
  "/[portfolio]/webhooks/new": page(`${register}/webhooks/new`),
  "/[portfolio]/webhooks/[id]": page(`${register}/webhooks/none`, {
    ...{ viewer: 200, editor: 200, manager: 404, admin: 404 },
  }),
  "/[portfolio]/palette": data(`${register}/palette?recent=VL-001`),
  "/[portfolio]/search": data(`${register}/search?q=hospital`),
  "/portfolios": page("/portfolios"),
  "/portfolios/new": page("/portfolios/new"),
  "/portfolios/[id]": page("/portfolios/viet-nam-laos"),
  "/people": page("/people"),
  "/people/new": page("/people/new"),
  "/people/security": page("/people/security"),
  "/people/[id]": page("/people/:person"),
  "/account": page("/account"),
  "/account/reminders": page("/account/reminders"),
  "/account/api": page("/account/api"),
  "/inbox": page("/inbox"),
  "/letters": page("/letters"),
  "/letters/[id]": page("/letters/:letter"),
  "/letters/[id]/html": data("/letters/:letter/html", { viewer: 403, editor: 403, manager: 403, admin: 200 }),
  "/worker": page("/worker"),
  "/audit": page("/audit?from=2026-01-01"),
  "/unsubscribe/[token]": open("/unsubscribe/forged", 404),
  // It leads to the page; only POST changes something, for whoever has the secret (tests/e2e/letters.test.ts).
  "/api/unsubscribe/[token]": open("/api/unsubscribe/forged", 303),
  "/api/metrics": data("/api/metrics", nobodys401),
  "/sign-in": { ...open("/sign-in"), signedIn: { viewer: 307, editor: 307, manager: 307, admin: 307 } },
  // It leads back to the first step, for whoever has not done that (tests/e2e/second-factor.test.ts).
  "/sign-in/step": open("/sign-in/step", 307),
  // For whoever lacks a second factor that their role asks for; others are led on.
  "/sign-in/factor": open("/sign-in/factor", 307),
  // What they lead to is behind the secret in their address.
  "/setup/[token]": open("/setup/forged"),
  "/set-password/[token]": open("/set-password/forged"),
  "/forgot-password": open("/forgot-password"),
  // There is no such sign-in unless it is set up (tests/e2e/elsewhere.test.ts).
  "/sign-in/return": open("/sign-in/return", 404),
  // They answer to POST alone: a link or an image cannot sign anybody out.
  "/sign-out": open("/sign-out", 405),
  "/api/preferences": open("/api/preferences", 405),
  "/api/health": open("/api/health"),
  "/api/live/[id]": data("/api/live/:id"),
  "/api/inbox": data("/api/inbox"),
  // The secret in the address is the way in; without a good one there is nothing.
  "/api/calendar/[token]": open("/api/calendar/forged.ics", 404),
  // The API takes tokens and no cookies (tests/api).
  "/api/v1/[...path]": data("/api/v1/elsewhere", nobodys401),
  // It says what the API can do, and nothing of what is in the register.
  "/api/v1/openapi.json": open("/api/v1/openapi.json"),
  "/icon.svg": open("/icon.svg"),
};
