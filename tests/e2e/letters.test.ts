import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningApp, startApp } from "#tests/support/app.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { query, type SignedIn, signedIn } from "#tests/support/people.ts";
import { type Sink, startSink } from "#tests/support/sink.ts";

/** Letters as people meet them: in their mail, by the link in it, and in the outbox. The worker is the one of npm start. */

let app: RunningApp;
let sink: Sink;
let browser: Browser;
let admin: SignedIn;

beforeAll(async () => {
  sink = await startSink();
  app = await startApp({ worker: true, env: { SMTP_URL: sink.url, KEPT_MAIL_FROM: "Kept <kept@kept.example>" } });
  browser = await openBrowser();
  admin = await signedIn(app.ownerUrl, "admin");
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await sink?.close();
});

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const letterOf = async (person: SignedIn) =>
  (
    await query<{ id: string; state: string; error: string | null; leased: boolean }>(
      app.ownerUrl,
      "SELECT id, state, error, leased_until > now() AS leased FROM letter WHERE person_id = $1 ORDER BY id DESC LIMIT 1",
      [person.id],
    )
  )[0];

/** Something that somebody is told of now. */
async function tell(person: SignedIn): Promise<void> {
  await query(
    app.ownerUrl,
    `INSERT INTO reminder (id, portfolio_id, commitment_id, occurrence, person_id, topic, day, due_at, about, mail, in_app)
      SELECT gen_random_uuid(), c.portfolio_id, c.id, $2, $1, 'attention', now()::date, now(), '{"kind":"change","date":null,"edtf":null,"offset":null}', true, true
      FROM commitment c WHERE reference = 'VL-101'`,
    [person.id, randomUUID()],
  );
}

const mailTo = (person: SignedIn) => sink.taken.filter(({ to }) => to[0] === `${person.id}@kept.example`);

/** The address in the last letter's List-Unsubscribe. */
async function unsubscribeOf(person: SignedIn): Promise<string> {
  await expect.poll(() => mailTo(person).length, { timeout: 30_000 }).toBeGreaterThan(0);
  const header =
    mailTo(person)
      .at(-1)
      ?.mail.headers.find(({ key }) => key === "list-unsubscribe")?.value ?? "";
  return header.replace(/^<|>$/g, "");
}

const getsMail = async (person: SignedIn) =>
  (
    await query<{ mail: boolean }>(app.ownerUrl, "SELECT mail FROM reminder_preference WHERE person_id = $1", [
      person.id,
    ])
  )[0]?.mail ?? true;

async function open(person?: SignedIn): Promise<Page> {
  const context = await browser.newContext();
  const [name = "", value = ""] = (person?.cookie ?? "").split("=");
  if (person) await context.addCookies([{ name, value, url: app.url }]);
  return context.newPage();
}

describe("ending letters by the link in one", () => {
  test("looking at it changes nothing; one click from a mail program ends them, once and for all", async () => {
    const person = await signedIn(app.ownerUrl, "editor");
    await tell(person);
    const address = await unsubscribeOf(person);
    expect(address).toMatch(new RegExp(`^${app.url}/api/unsubscribe/[\\w-]{43}$`));
    const looked = await fetch(address);
    expect(looked.status).toBe(200);
    expect(await looked.text()).toContain("Stop reminders by e-mail?");
    expect(await getsMail(person)).toBe(true);
    const click = () =>
      fetch(address, { method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) });
    expect((await click()).status).toBe(200);
    expect(await getsMail(person)).toBe(false);
    expect((await click()).status).toBe(200);
    await tell(person);
    await expect.poll(async () => (await letterOf(person))?.state, { timeout: 30_000 }).toBe("dropped");
    expect(mailTo(person)).toHaveLength(1);
  });

  test("somebody in a browser is asked first", async () => {
    const person = await signedIn(app.ownerUrl, "editor");
    await tell(person);
    const page = await open();
    await page.goto(await unsubscribeOf(person));
    expect(await page.locator("h1").textContent()).toBe("Stop reminders by e-mail?");
    const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(await getsMail(person)).toBe(true);
    await page.getByRole("button", { name: "Stop the e-mails" }).click();
    await page.getByRole("heading", { name: "No more e-mails" }).waitFor();
    expect(await getsMail(person)).toBe(false);
    await page.context().close();
  });

  test("an address that is none finds nothing", async () => {
    for (const token of ["x", "a".repeat(43), "a".repeat(500)]) {
      expect((await fetch(`${app.url}/unsubscribe/${token}`)).status, token).toBe(404);
      const status = (await fetch(`${app.url}/api/unsubscribe/${token}`, { method: "POST" })).status;
      // What does not even look like one is a write from nowhere.
      expect(status, token).toBe(token.length === 43 ? 404 : 403);
    }
    expect((await fetch(`${app.url}/unsubscribe/%00`)).status).toBe(400);
  });
});

describe("the outbox", () => {
  test("shows a letter as it went, under a policy that runs nothing, and what became of it", async () => {
    const person = await signedIn(app.ownerUrl, "editor");
    sink.manners.recipient = () => "550 5.1.1 no such person";
    await tell(person);
    await expect.poll(async () => (await letterOf(person))?.state, { timeout: 30_000 }).toBe("parked");
    sink.manners.recipient = undefined;
    const { id } = (await letterOf(person)) ?? { id: "" };
    const page = await open(admin);
    const wrong: string[] = [];
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    await page.goto(`${app.url}/letters?state=parked`);
    await page.getByRole("link", { name: "Test editor" }).first().click();
    await page.getByText("550 5.1.1 no such person").waitFor();
    // No script runs in the frame, not even the browser's driver's or axe's: of it we only know that it was let in.
    await expect.poll(() => page.frames().map((frame) => frame.url())).toContain(`${app.url}/letters/${id}/html`);
    await page.locator("iframe").evaluate((frame: HTMLIFrameElement) => {
      frame.replaceWith(Object.assign(document.createElement("iframe"), { title: frame.title }));
    });
    const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
    expect(violations.map(({ id: rule }) => rule)).toEqual([]);
    const look = await fetch(`${app.url}/letters/${id}/html`, { headers: { cookie: admin.cookie } });
    const policies = look.headers.get("content-security-policy");
    expect(policies).toContain("default-src 'none'");
    expect(policies).not.toContain("script-src");
    expect(await look.text()).toMatch(/<base target="_blank">[\s\S]*\/commitments\/VL-101"[^>]*>Open the record/);
    await page.getByRole("button", { name: "Send again" }).click();
    await expect.poll(async () => (await letterOf(person))?.state, { timeout: 30_000 }).toBe("sent");
    expect(mailTo(person)).toHaveLength(1);
    const told = await query<{ verb: string; actor_id: string }>(
      app.ownerUrl,
      "SELECT verb, actor_id FROM audit_event WHERE subject_id = $1",
      [id],
    );
    expect(told).toEqual([{ verb: "letter.sendAgain", actor_id: admin.id }]);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  test("the worker's page and the metrics say how it does; the metrics to an administrator's token alone", async () => {
    const page = await open(admin);
    await page.goto(`${app.url}/worker`);
    await page.getByRole("cell", { name: "Make letters" }).waitFor();
    await page.context().close();
    const ask = (headers: Record<string, string>) => fetch(`${app.url}/api/metrics`, { headers });
    expect((await ask({})).status).toBe(401);
    expect((await ask({ cookie: admin.cookie })).status).toBe(401);
    for (const role of ["viewer", "editor", "manager"] as const) {
      const { token } = await signedIn(app.ownerUrl, role);
      expect((await ask({ authorization: `Bearer ${token}` })).status, role).toBe(403);
    }
    const answer = await ask({ authorization: `Bearer ${admin.token}` });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    const text = await answer.text();
    expect(text).toMatch(/^kept_letters\{state="waiting"\} \d+$/m);
    expect(text).toMatch(/^kept_job_failed\{job="gather"\} 0$/m);
  });
});

test("while a mail server hangs, pages are answered", async () => {
  const person = await signedIn(app.ownerUrl, "editor");
  sink.manners.delay = 20_000;
  await tell(person);
  await expect.poll(async () => (await letterOf(person))?.leased, { timeout: 30_000 }).toBe(true);
  for (let at = 0; at < 20; at++) {
    const response = await fetch(`${app.url}/viet-nam-laos/register`, { headers: { cookie: admin.cookie } });
    expect(response.status).toBe(200);
    await response.text();
  }
  expect(await letterOf(person)).toMatchObject({ state: "waiting", leased: true });
  sink.manners.delay = 0;
});
