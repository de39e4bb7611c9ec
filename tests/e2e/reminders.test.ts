import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import type { Role } from "#prisma/generated/enums.ts";
import { admin } from "#tests/support/app.ts";
import { appInBrowser, eventually, scriptsRun } from "#tests/support/window.ts";

/** Reminders as people work with them: their wishes, what they watch, their inbox and their calendars. */

// Without the worker: what comes when is up to the stories.
const app = appInBrowser();
const { sql, url, idOf, output } = app;

const record = (reference: string) => `/viet-nam-laos/commitments/${reference}`;

/** Enters a reminder as the worker would. */
async function remind(role: Role, reference: string, topic = "due_soon"): Promise<void> {
  await sql(
    `INSERT INTO reminder (id, portfolio_id, commitment_id, occurrence, person_id, topic, day, due_at, about, mail, in_app)
     SELECT gen_random_uuid(), portfolio_id, id, gen_random_uuid(), $1, $2, current_date, now(), $3, false, true FROM commitment WHERE reference = $4`,
    [idOf(role), topic, { kind: "deadline", date: "2026-12-31", edtf: "2026", offset: -30 }, reference],
  );
}

const one = async <R extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  (await sql<R>(text, values))[0];

describe("my wishes", () => {
  test("I change my lead times, and read what follows", async () => {
    const page = await app.open("/account", "editor");
    await page.getByRole("link", { name: "Reminders and calendar" }).first().click();
    await page.waitForURL(url("/account/reminders"));
    await scriptsRun(page);
    const follows = page.getByRole("status", { name: "What follows" });
    expect(await follows.textContent()).toContain(
      "one e-mail a day at most: Monday to Friday, at 08:00 in Asia/Ho Chi Minh",
    );
    await page.getByRole("radio", { name: "At times of my own" }).check();
    const days = page.getByLabel("Days before");
    await days.fill("60, tomorrow");
    await page.getByRole("button", { name: "Save" }).click();
    await eventually(() => page.locator("[id$=-error]").textContent()).toContain("Give numbers of days");
    await days.fill("3, 60, 14, 0");
    expect(await follows.textContent()).toContain(
      "told 60 days, 14 days and 3 days before. You are also told on the day",
    );
    await page.getByRole("combobox", { name: "Time of day" }).selectOption("07:00");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Your reminders are set.").waitFor();
    expect(await one("SELECT * FROM reminder_preference WHERE person_id = $1", [idOf("editor")])).toMatchObject({
      hour: 7,
      lead_days: [60, 14, 3, 0],
      own_lead_days: true,
      time_zone: null,
    });
    await page.reload();
    await scriptsRun(page);
    expect(await page.getByLabel("Days before").inputValue()).toBe("60, 14, 3, 0");
    await page.context().close();
  });

  test("I live elsewhere, want one digest a week, and my language back", async () => {
    const page = await app.open("/account/reminders", "viewer");
    const zone = page.getByRole("combobox", { name: "Time zone" });
    await zone.fill("berlin");
    await page.getByRole("option", { name: "Europe/Berlin" }).waitFor();
    await zone.press("Enter");
    await page.getByRole("radio", { name: "Once a week" }).check();
    await page.getByLabel("Day of the week").selectOption("Friday");
    const follows = page.getByRole("status", { name: "What follows" });
    expect(await follows.textContent()).toContain("one e-mail a week at most: on Friday, at 08:00 in Europe/Berlin");
    await page.getByRole("combobox", { name: "Language" }).selectOption("vi");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "Nhắc việc", level: 1 }).waitFor();
    expect(await one("SELECT * FROM reminder_preference WHERE person_id = $1", [idOf("viewer")])).toMatchObject({
      time_zone: "Europe/Berlin",
      frequency: "weekly",
      weekday: 5,
    });
    await sql("UPDATE person SET locale = NULL WHERE id = $1", [idOf("viewer")]);
    await page.context().close();
  });
});

describe("what I want to hear of", () => {
  test("I watch a record, snooze it, silence it, and hear of it again", async () => {
    const page = await app.open(record("VL-101"), "viewer");
    const part = page.getByRole("region", { name: "Reminders" });
    await part.getByRole("button", { name: "Watch" }).click();
    await part.getByText("You watch this record").waitFor();
    await part.getByRole("button", { name: "Snooze" }).click();
    await part.getByRole("button", { name: "Until tomorrow" }).click();
    await part.getByText("Silent until").waitFor();
    const mute = () => one("SELECT until > current_date - 1 AS ahead FROM mute WHERE person_id = $1", [idOf("viewer")]);
    expect(await mute()).toEqual({ ahead: true });
    await part.getByRole("button", { name: "Hear of it again" }).click();
    await part.getByRole("button", { name: "Silence" }).click();
    await part.getByText("Silent: you are told nothing of it.").waitFor();
    expect(await mute()).toEqual({ ahead: null });
    await part.getByText("What comes, and what was sent").click();
    await part.getByText("Nothing yet.").waitFor();

    await page.goto(url("/account/reminders"));
    await scriptsRun(page);
    await page.getByRole("button", { name: /^Hear of it again.*VL-101$/ }).click();
    await page.getByText("Nothing is silent.").waitFor();
    await page.getByRole("button", { name: /^Stop watching.*VL-101$/ }).click();
    await page.getByText("You watch nothing yet.").waitFor();
    await page.context().close();
  });

  test("I watch a saved view", async () => {
    const page = await app.open("/viet-nam-laos/register?form=instrument", "editor");
    await page.getByRole("link", { name: "Views" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Instruments");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByRole("button", { name: "Watch: Instruments", exact: true }).click();
    await dialog.getByRole("button", { name: "Stop watching: Instruments" }).waitFor();
    expect(
      await one("SELECT v.name FROM watch w JOIN saved_view v ON v.id = w.view_id WHERE w.person_id = $1", [
        idOf("editor"),
      ]),
    ).toEqual({ name: "Instruments" });
    await page.goto(url("/account/reminders"));
    expect(await page.getByRole("link", { name: "Instruments" }).getAttribute("href")).toBe(
      "/viet-nam-laos/register?form=instrument",
    );
    await page.context().close();
  });
});

describe("my inbox", () => {
  test("counts live in every tab, and what I read or finish in one is so in the other", async () => {
    const page = await app.open("/inbox", "manager");
    const other = await page.context().newPage();
    await other.goto(url("/viet-nam-laos/meetings"));
    await scriptsRun(other);
    await page.getByText("Nothing waits for you").waitFor();
    await remind("manager", "VL-101");
    await remind("manager", "VL-101", "overdue");
    await remind("manager", "VL-102");
    await other.getByRole("link", { name: "Inbox: 2 unread" }).waitFor();
    await eventually(() => other.getByRole("status").allTextContents()).toContain("2 unread reminders");
    await page.bringToFront();
    await page.getByRole("heading", { name: "Overdue" }).waitFor();
    const items = page.locator("[data-item]");
    await eventually(() => items.count()).toBe(2);
    expect(await items.first().textContent()).toContain("VL-101");
    expect(await items.first().textContent()).toContain("counts as 31 December 2026");

    // Opening the record is reading.
    await page.getByRole("link", { name: /^VL-101/ }).click();
    await page.waitForURL(url(record("VL-101")));
    await other.getByRole("link", { name: "Inbox: 1 unread" }).waitFor();
    await page.goBack();
    await scriptsRun(page);

    await items.filter({ hasText: "VL-102" }).getByRole("button", { name: "Done" }).click();
    await page.getByText("VL-102 is done with.").waitFor();
    await eventually(() => items.count()).toBe(1);
    await other.getByRole("link", { name: "Inbox", exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await eventually(() => items.count()).toBe(2);
    await page.context().close();
  });

  test("works by keys, and puts a record off until a day", async () => {
    await sql("DELETE FROM reminder");
    await remind("manager", "VL-103");
    await remind("manager", "VL-104");
    await remind("manager", "VL-105");
    const page = await app.open("/inbox");
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    const items = page.locator("[data-item]");
    await items.first().getByRole("link").first().focus();
    const first = await focused();
    await page.keyboard.press("ArrowDown");
    const second = await focused();
    expect(second).not.toBe(first);
    await page.keyboard.press("e");
    await eventually(() => items.count()).toBe(2);
    await eventually(focused).toMatch(/^VL-10/);
    await page.keyboard.press("ArrowUp");
    await eventually(focused).toBe(first);
    await page.keyboard.press("s");
    await eventually(focused).toContain("Until tomorrow");
    await page.keyboard.press("Enter");
    await page.getByText(/is put off until/).waitFor();
    await eventually(() => items.count()).toBe(1);
    expect(await sql("SELECT FROM mute WHERE person_id = $1 AND until IS NOT NULL", [idOf("manager")])).toHaveLength(1);
    await eventually(focused).toMatch(/^VL-10/);
    await page.keyboard.press("u");
    await eventually(() => items.count()).toBe(2);
    expect(await sql("SELECT FROM mute WHERE person_id = $1", [idOf("manager")])).toHaveLength(0);
    await page.context().close();
  });

  test("shows what was settled meanwhile as settled", async () => {
    await remind("editor", "VL-106", "overdue");
    await sql("UPDATE commitment SET completion = 'complete' WHERE reference = 'VL-106'");
    const page = await app.open("/inbox", "editor");
    expect(await page.locator("[data-item]").textContent()).toContain("Settled: Done");
    await page.context().close();
  });
});

describe("the link in a mail", () => {
  test("opens the form it names, after signing in, once", async () => {
    const page = await app.blank();
    await page.goto(url(`${record("VL-101")}?form=report`));
    await page.fill("main input[name=email]", admin.email);
    await page.fill("main input[name=password]", admin.password);
    await page.click("main button[type=submit]");
    await page.getByRole("button", { name: "Save" }).first().waitFor();
    await page.getByLabel("What has been done?").or(page.locator("form textarea")).first().waitFor();
    await eventually(() => page.url()).toBe(url(record("VL-101")));
    await page.reload();
    await scriptsRun(page);
    expect(await page.locator("form textarea").count()).toBe(0);
    await page.goto(url(`${record("VL-101")}?form=owner&history=60`));
    await page.getByRole("combobox", { name: "Owner" }).waitFor();
    await eventually(() => page.url()).toBe(url(`${record("VL-101")}?history=60`));
    await page.context().close();
  });

  test("opens nothing that the reader may not do, and nothing that is no form", async () => {
    for (const form of ["report", "delete", "nonsense", "__proto__"]) {
      const page = await app.open(`${record("VL-101")}?form=${form}`, "viewer");
      await eventually(() => page.url()).toBe(url(record("VL-101")));
      expect(await page.locator("main form textarea, main form [role=combobox]").count(), form).toBe(0);
      await page.context().close();
    }
  });
});

describe("my calendar", () => {
  test("is an address that a calendar program reads, until I revoke it", async () => {
    const page = await app.open("/account/reminders", "manager");
    const [owned, theirs] = ["VL-101", "VL-102"];
    await sql("UPDATE commitment SET owner_id = $1, completion = 'limited' WHERE reference = $2", [
      idOf("manager"),
      owned,
    ]);
    await sql(
      "UPDATE commitment SET deadline_edtf = '2027', deadline_phrase = 'by 2027', deadline_latest = '2027-12-31' WHERE reference = ANY($1)",
      [[owned, theirs]],
    );
    await page.getByRole("button", { name: "Make an address" }).click();
    const address = await page.getByLabel("Calendar address").inputValue();
    expect(address).toMatch(/\/api\/calendar\/[\w-]{43}\.ics$/);

    const answer = await fetch(address);
    const [text, etag] = [await answer.text(), answer.headers.get("etag") ?? ""];
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("private, no-cache");
    // Nothing in it is fetched from anywhere, and where it is opened as a page, no other site is told its address.
    expect(answer.headers.get("referrer-policy")).toBe("same-origin");
    const events = new ICAL.Component(ICAL.parse(text))
      .getAllSubcomponents("vevent")
      .map((event) => new ICAL.Event(event));
    const deadline = events.find(({ summary }) => summary.startsWith(owned) && summary.endsWith("— by 2027"));
    expect(deadline?.startDate.toString()).toBe("2027-12-31");
    expect(text).not.toContain(theirs);

    const again = await fetch(address, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const head = await fetch(address, { method: "HEAD" });
    expect([head.status, head.headers.get("etag")]).toEqual([200, etag]);
    expect((await fetch(address, { method: "POST" })).status).toBe(403);

    await page.getByRole("button", { name: /^Revoke/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("You have no calendar address.").waitFor();
    expect((await fetch(address, { headers: { "if-none-match": etag } })).status).toBe(404);
    expect(output()).not.toContain(address.split("/").at(-1)?.replace(".ics", "") ?? "?");
    await page.context().close();
  });

  test("cannot be guessed without end", async () => {
    let tries = 0;
    while (tries < 70 && (await fetch(url(`/api/calendar/guess-${tries}.ics`))).status === 404) tries += 1;
    // The address that was revoked above has been tried, too.
    expect(tries).toBeGreaterThan(50);
    expect(tries).toBeLessThanOrEqual(60);
    const limited = await fetch(url("/api/calendar/guess.ics"));
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
