import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { translator } from "#lib/i18n/translator.ts";
import type { Role } from "#prisma/generated/enums.ts";
import { admin } from "#tests/support/app.ts";
import { appInBrowser, choosePerson, eventually, scriptsRun } from "#tests/support/window.ts";

/** A record as people work with it. Each story takes a record of its own, so that none waits for another. */

const portfolio = "/viet-nam-laos";
const app = appInBrowser();

/** The record with that reference in a browser of that role's person. */
const at = (reference: string, role?: Role, locale?: string) =>
  app.open(`${portfolio}/commitments/${reference}`, role, locale);
const close = (...pages: Page[]) => Promise.all(pages.map((page) => page.context().close()));

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const title = (page: Page) => page.getByRole("heading", { level: 1 }).textContent();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const fieldOf = (page: Page, language: string, name: string) =>
  page.getByRole("group", { name: language }).getByLabel(name, { exact: true });

/** Opens the texts and types another English title, without saving it. */
async function retitle(page: Page, text: string) {
  await press(page, "Edit the text");
  await fieldOf(page, "English", "Title").fill(text);
}

async function takeFromMenu(page: Page, name: string) {
  await press(page, "More actions");
  await press(page, name);
}

describe("changing", () => {
  test("progress is reported with words, outlook and evidence, and is in the history", async () => {
    const page = await at("VL-101");
    await press(page, "Report progress");
    const form = section(page, "Where it stands");
    await form.getByLabel("Status").selectOption("limited");
    await form.getByLabel("Evidence", { exact: true }).selectOption("documented");
    await form.getByLabel("Delivery confidence").selectOption("amber");
    await form.getByLabel("What has been done").fill("The ground is prepared.\nThe contract is signed.");
    const link = form.getByLabel("Link to the evidence");
    await link.fill("javascript:alert(1)");
    await press(page, "Save the report");
    await form.getByText("Give an address that begins with https://").waitFor();
    await link.fill("https://records.example/contract.pdf");
    await press(page, "Save the report");
    const said = section(page, "What has been said since");
    await said.getByText("The contract is signed.").waitFor();
    expect(await said.textContent()).toMatch(/Test manager.*The ground is prepared\.\nThe contract is signed\./s);
    const stands = (await form.getByRole("definition").allTextContents()).join();
    expect(stands).toMatch(/Limited.*,Documented,.*,Amber: at risk/s);
    const evidence = page.getByRole("link", { name: "https://records.example/contract.pdf" });
    expect(await evidence.getAttribute("rel")).toContain("noopener");
    const entry = await section(page, "History").getByRole("listitem").first().textContent();
    expect(entry).toMatch(/Test manager reported progress/);
    expect(entry).toMatch(/Status: Not reported\s*becomes\s*Limited/);
    expect(await app.historyOf("VL-101")).toEqual(["reportProgress"]);
    await close(page);
  });

  test("a report in Lao", async () => {
    const t = translator("lo");
    const page = await at("VL-102", "manager", "lo");
    expect(await title(page)).toContain("ພັດທະນາການຮ່ວມມືດ້ານສາທາລະນະສຸກ");
    await press(page, t("commitments.record.report"));
    await page.getByLabel(t("commitments.field.completion")).selectOption("substantial");
    await page.getByLabel(t("commitments.edit.report.text")).fill("ໄດ້ຈັດກອງປະຊຸມຮ່ວມກັນແລ້ວ");
    await press(page, t("commitments.edit.report.submit"));
    await section(page, t("commitments.record.reports")).getByText("ໄດ້ຈັດກອງປະຊຸມຮ່ວມກັນແລ້ວ").waitFor();
    expect(await section(page, t("commitments.record.standing")).textContent()).toContain("ຄືບໜ້າຫຼາຍ");
    await close(page);
  });

  test("a deadline is revised with a reason, and the first one stays listed", async () => {
    const page = await at("VL-104");
    const deadline = section(page, "Deadline");
    await press(page, "Edit Deadline");
    const date = deadline.getByLabel("Date", { exact: true });
    await date.fill("someday");
    await deadline.getByText("This can’t be read as a date").waitFor();
    await date.fill("2031-06");
    await deadline.getByText("June 2031; overdue from 1 July 2031").waitFor();
    await press(page, "Save");
    await deadline.getByText("Say why the deadline changes.").waitFor();
    expect(await app.historyOf("VL-104")).toEqual([]);
    await deadline.getByLabel("Why it changes").fill("The provinces asked for six months more.");
    await press(page, "Save");
    await deadline.getByText("Revisions").waitFor();
    const revisions = await deadline.getByRole("listitem").allTextContents();
    expect(revisions).toHaveLength(2);
    expect(revisions[0]).toMatch(/June 2031.*The provinces asked for six months more\.Test manager/s);
    expect(revisions[1]).toMatch(/2025.*2030.*as first recorded/s);
    expect(await app.historyOf("VL-104")).toEqual(["reviseDeadline"]);
    await close(page);
  });

  test("an owner is found by a part of the name, and taken away", async () => {
    await app.sql("UPDATE person SET name = 'Khamphone Đặng' WHERE id = $1", [app.idOf("viewer")]);
    const page = await at("VL-105");
    await press(page, "Edit Owner");
    await choosePerson(section(page, "Owner").getByRole("combobox"), "dang", "Khamphone Đặng");
    await press(page, "Save");
    await section(page, "Owner").getByText("Khamphone Đặng").waitFor();
    await press(page, "Edit Owner");
    await press(page, "Clear");
    await press(page, "Save");
    await section(page, "Owner").getByText("Nobody owns this").waitFor();
    expect(await app.historyOf("VL-105")).toEqual(["assignOwner", "assignOwner"]);
    await close(page);
  });

  test("texts are written in three languages, and read in each", async () => {
    const page = await at("VL-106");
    await press(page, "Edit the text");
    const texts = { English: "Direct cooperation", "Tiếng Việt": "Hợp tác trực tiếp", ລາວ: "ການຮ່ວມມືໂດຍກົງ" };
    for (const [language, text] of Object.entries(texts)) await fieldOf(page, language, "Title").fill(text);
    await press(page, "Save");
    await eventually(() => title(page)).toBe(texts.English);
    for (const [locale, text] of [
      ["vi", texts["Tiếng Việt"]],
      ["lo", texts.ລາວ],
    ] as const) {
      await app.read(page, locale);
      await page.reload();
      expect(await title(page)).toBe(text);
    }
    expect(await app.historyOf("VL-106")).toEqual(["editTexts"]);
    await close(page);
  });

  test("a viewer reads, and is offered nothing to change", async () => {
    const page = await at("VL-101", "viewer");
    // What one wants to hear of is one's own.
    expect(await page.locator("main article button:not(#reminders *)").count()).toBe(0);
    await close(page);
  });
});

describe("two at once", () => {
  for (const [reference, choice, kept] of [
    ["VL-107", "Mine", "Second thoughts"],
    ["VL-108", "Theirs, as saved", "First thoughts"],
  ] as const) {
    test(`the second sees both values, and takes “${choice}”`, async () => {
      const [one, two] = await Promise.all([at(reference), at(reference, "admin")]);
      await retitle(one, "First thoughts");
      await retitle(two, "Second thoughts");
      await press(one, "Save");
      await eventually(() => title(one)).toBe("First thoughts");
      await press(two, "Save");
      await two.getByRole("heading", { name: "Somebody changed this meanwhile" }).waitFor();
      const sides = two.getByRole("group", { name: "Title" });
      expect(await sides.textContent()).toMatch(/Mine.*Second thoughts.*Theirs, as saved.*First thoughts/s);
      const save = two.getByRole("button", { name: "Save my choice" });
      expect(await save.isDisabled()).toBe(true);
      await sides.getByLabel(choice).check();
      await save.click();
      await two.getByText("The texts are saved.").waitFor();
      for (const page of [one, two]) await eventually(() => title(page)).toBe(kept);
      await close(one, two);
    });
  }

  test("one sees within two seconds what the other did, and a form that is open stays as it is", async () => {
    const [one, two] = await Promise.all([at("VL-109"), at("VL-109", "admin")]);
    // Twice of what is promised, for machines that are busy, and less than where no stream gets through.
    const soon = { timeout: 4000 };
    let loaded = 0;
    two.on("load", () => loaded++);
    await retitle(one, "Seen at once");
    await press(one, "Save");
    await eventually(() => title(one)).toBe("Seen at once");
    await two.getByRole("heading", { name: "Seen at once", level: 1 }).waitFor(soon);
    await two.getByText("Just changed by Test manager.").waitFor();

    await retitle(two, "Half a sen");
    await retitle(one, "Changed once more");
    await press(one, "Save");
    await eventually(() => title(one)).toBe("Changed once more");
    await two.getByText("Test manager has changed this record meanwhile.").waitFor(soon);
    expect(await fieldOf(two, "English", "Title").inputValue()).toBe("Half a sen");
    expect(loaded).toBe(0);
    await close(one, two);
  });
});

describe("nothing is lost", () => {
  test("when the session ends while somebody writes", async () => {
    const page = await app.blank();
    await page.goto(app.url(`/sign-in?next=${portfolio}/commitments/VL-110`));
    await page.fill("main input[name=email]", admin.email);
    await page.fill("main input[name=password]", admin.password);
    await page.click("main button[type=submit]");
    await page.waitForURL(/\/commitments\/VL-110$/);
    await scriptsRun(page);
    await press(page, "Report progress");
    await page.getByLabel("What has been done").fill("Written before the session ended");
    await app.sql("DELETE FROM session s USING person p WHERE p.id = s.person_id AND p.email = $1", [admin.email]);
    await press(page, "Save the report");
    const dialog = page.getByRole("dialog", { name: "Sign in again" });
    await dialog.locator("input[name=password]").fill(admin.password);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    const said = section(page, "What has been said since");
    await said.getByText("Written before the session ended").waitFor();
    expect(await app.historyOf("VL-110")).toEqual(["reportProgress"]);
    await close(page);
  });

  test("when somebody leaves what is not saved: by a link, by another form, by closing the window", async () => {
    const page = await at("VL-111");
    const question = page.getByRole("dialog", { name: "Leave without saving?" });
    const typed = () => fieldOf(page, "English", "Title").inputValue();
    await retitle(page, "Not saved yet");
    const ways = [
      () => page.getByRole("navigation").getByRole("link", { name: "Register" }).last().click(),
      () => press(page, "Edit Owner"),
      () => page.keyboard.press("Escape"),
    ];
    for (const leave of ways) {
      await leave();
      await question.getByRole("button", { name: "Stay here" }).click();
      await question.waitFor({ state: "hidden" });
      expect(await typed()).toBe("Not saved yet");
      await fieldOf(page, "English", "Title").focus();
    }
    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    expect(await typed()).toBe("Not saved yet");
    await ways[0]?.();
    await question.getByRole("button", { name: "Leave without saving" }).click();
    await page.waitForURL(app.url(`${portfolio}/register`));
    expect(await app.historyOf("VL-111")).toEqual([]);
    await close(page);
  });
});

test("a record is entered, duplicated, withdrawn, opened again, and deleted by an admin alone", async () => {
  const page = await at("new", "admin");
  await press(page, "Save the commitment");
  await page.getByText("Title: write it in at least one language.").waitFor();
  await fieldOf(page, "English", "Title").fill("Bridge at the border");
  await fieldOf(page, "Tiếng Việt", "Title").fill("Cầu biên giới");
  await fieldOf(page, "English", "Statement").fill("Both sides will build a bridge.");
  await page.getByLabel("Kind").selectOption("project");
  await page.getByRole("combobox", { name: "Add a party" }).fill("la-government");
  await page.getByRole("listbox").getByRole("option").first().click();
  await page.reload();
  await scriptsRun(page);
  // What was typed is still there, and only now it is saved.
  await eventually(() => fieldOf(page, "Tiếng Việt", "Title").inputValue()).toBe("Cầu biên giới");
  await press(page, "Save the commitment");
  await page.waitForURL(/\/VL-120$/);
  await eventually(() => title(page)).toBe("Bridge at the border");
  expect(await section(page, "History").textContent()).toContain("Test admin entered this record");
  expect(await section(page, "Parties").textContent()).toContain("Lao side");

  await takeFromMenu(page, "Duplicate");
  await page.getByRole("dialog", { name: "Duplicate VL-120" }).getByRole("button", { name: "Duplicate" }).click();
  await page.waitForURL(/\/VL-121$/);
  await page.getByRole("navigation").getByText("VL-121").waitFor();
  expect(await title(page)).toBe("Bridge at the border");

  await takeFromMenu(page, "Withdraw");
  await page.getByLabel("Why").fill("Entered twice");
  await press(page, "Withdraw");
  await section(page, "Where it stands").getByText("Withdrawn").waitFor();
  expect(await page.getByRole("button", { name: "Report progress" }).count()).toBe(0);
  await takeFromMenu(page, "Open again");
  await press(page, "Open again");
  await section(page, "Where it stands").getByText("Not reported").waitFor();
  expect(await app.historyOf("VL-121")).toEqual(["create", "withdraw", "reopen"]);

  const other = await at("VL-121");
  await press(other, "More actions");
  expect(await other.getByRole("button", { name: "Delete for good" }).count()).toBe(0);
  const [record] = await app.sql<{ id: string }>("SELECT id FROM commitment WHERE reference = 'VL-121'");
  await takeFromMenu(page, "Delete for good");
  const dialog = page.getByRole("dialog", { name: "Delete VL-121 for good" });
  const confirm = dialog.getByRole("button", { name: "Delete for good" });
  await dialog.getByLabel("Type VL-121 to confirm").fill("VL-120");
  await confirm.click();
  await dialog.getByText("This is not VL-121.").waitFor();
  await dialog.getByLabel("Type VL-121 to confirm").fill("VL-121");
  await confirm.click();
  await page.waitForURL(app.url(`${portfolio}/register`));
  await other.getByText("This record has been deleted for good.").waitFor();
  await page.goto(other.url());
  expect(await title(page)).toBe("There is nothing here");
  expect(await app.historyOf(record?.id ?? "")).toEqual(["create", "withdraw", "reopen", "delete"]);
  await close(page, other);
});
