import type { QueryResultRow } from "pg";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import type { Role } from "#prisma/generated/enums.ts";
import { type BuiltAction, builtActions, callAction } from "#tests/support/actions.ts";
import { type RunningApp, startApp } from "#tests/support/app.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { query, type SignedIn, signedIn } from "#tests/support/people.ts";

/**
 * The app and a browser for a test file, with one person of each role: call it at the top, use it within tests. The
 * catalogue is in the database; what a file's tests change, later ones find changed.
 */
export function appInBrowser({ env = {} }: { env?: Record<string, string> } = {}) {
  let app: RunningApp;
  let browser: Browser;
  let people: Record<Role, SignedIn>;
  let actions: BuiltAction[];
  beforeAll(async () => {
    app = await startApp({ env });
    browser = await openBrowser();
    const enter = (role: Role) => signedIn(app.ownerUrl, role);
    const [viewer, editor, manager, admin] = await Promise.all([
      enter("viewer"),
      enter("editor"),
      enter("manager"),
      enter("admin"),
    ]);
    people = { viewer, editor, manager, admin };
    actions = await builtActions();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  /** One statement as the owner of the database. */
  const sql = <R extends QueryResultRow>(text: string, values: unknown[] = []) => query<R>(app.ownerUrl, text, values);

  return {
    sql,
    url: (path: string) => app.url + path,
    idOf: (role: Role) => people[role].id,
    /** What the app has printed. */
    output: () => app.output(),

    /** A browser of its own, signed in as nobody. Close its context when done. */
    async blank(options: BrowserContextOptions = {}): Promise<Page> {
      const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 }, ...options });
      return context.newPage();
    },

    /** A browser of that role's person, with a page that works. Close its context when done. */
    async open(path: string, role: Role = "manager", locale = "en"): Promise<Page> {
      const page = await this.blank();
      const [name = "", value = ""] = people[role].cookie.split("=");
      await page.context().addCookies([{ name, value, url: app.url }]);
      await this.read(page, locale);
      await page.goto(app.url + path);
      await scriptsRun(page);
      return page;
    },

    /** Pages that the browser asks for from now on are in that language. */
    read: (page: Page, locale: string) =>
      page.context().addCookies([{ name: "kept-locale", value: locale, url: app.url }]),

    /** Changes a record as the manager's other browser would: by the server action of that name. */
    async changeElsewhere(name: string, reference: string, input: Record<string, unknown>): Promise<void> {
      const action = actions.find((each) => each.name === name && each.file === "lib/commitments/actions.ts");
      if (!action) throw new Error(`There is no action ${name}.`);
      const [row] = await sql("SELECT id, version FROM commitment WHERE reference = $1", [reference]);
      const { cookie } = people.manager;
      const result = await callAction({ url: app.url, cookie, action, args: [{ ...row, ...input }] });
      expect(result.ok, JSON.stringify(result)).toBe(true);
    },

    /** What people have done to a record, by its reference or id, the first first: "reportProgress". */
    async historyOf(record: string): Promise<string[]> {
      const rows = await sql<{ verb: string }>(
        `SELECT verb FROM audit_event WHERE actor_id IS NOT NULL AND subject_id =
          coalesce((SELECT id::text FROM commitment WHERE reference = $1), $1) ORDER BY id`,
        [record],
      );
      return rows.map(({ verb }) => verb.replace("commitment.", ""));
    },
  };
}

/** Waits until a page's scripts run: a click before that does what it does without them. */
export async function scriptsRun(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const heading = document.querySelector("main h1");
    return heading !== null && Object.keys(heading).some((key) => key.startsWith("__reactFiber"));
  });
  // What React does once it has taken the page over is done when the browser has nothing else to do. A browser that draws
  // nothing may forget to say so.
  await page.evaluate(() => new Promise((done) => requestIdleCallback(() => done(null), { timeout: 500 })));
}

/** `expect(await read())`, again and again until it holds. */
export const eventually = <R>(read: () => R | Promise<R>) => expect.poll(read, { timeout: 15_000, interval: 50 });

/** Types into a box that finds people, and takes the one of that name. */
export async function choosePerson(box: Locator, typed: string, name: string): Promise<void> {
  await box.fill(typed);
  await box.page().getByRole("option", { name }).waitFor();
  await box.press("Enter");
  await eventually(() => box.inputValue()).toBe(name);
}
