import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { translator } from "#lib/i18n/translator.ts";
import { appInBrowser, choosePerson, eventually, scriptsRun } from "#tests/support/window.ts";

/** The register as people work with it. Each story takes records of its own, so that none waits for another. */

const register = "/viet-nam-laos/register";
const hers = "Nguyễn Thị Hương";
const app = appInBrowser();

beforeAll(async () => {
  await app.sql("UPDATE person SET name = $2 WHERE id = $1", [app.idOf("editor"), hers]);
  await app.sql("UPDATE commitment SET owner_id = $1 WHERE reference = 'VL-025'", [app.idOf("editor")]);
});

type Where = { at?: string; as?: "manager" | "viewer"; locale?: string };

/** A story in a window of its own. */
function story(name: string, { at = "", as = "manager", locale = "en" }: Where, run: (page: Page) => Promise<void>) {
  test(name, async () => {
    const page = await app.open(register + at, as, locale);
    await run(page);
    await page.context().close();
  });
}

const listed = (page: Page) => page.locator(".rg tbody .r a").allTextContents();
const row = (page: Page, reference: string) =>
  page.locator(".rg tbody tr", { has: page.getByRole("link", { name: reference, exact: true }) });
const count = async (page: Page) =>
  Number(/^\d+/.exec((await page.locator("main p[role=status]").first().textContent()) ?? "")?.[0] ?? 0);
const addressed = (page: Page, query: string) => page.waitForURL(app.url(register + query));

describe("finding", () => {
  story("searches as one types: without accents, parts of Lao words, references", {}, async (page) => {
    const all = await count(page);
    expect(all).toBeGreaterThan(100);
    const search = async (text: string) => {
      await page.getByRole("searchbox").fill(text);
      await page.waitForURL((url) => url.searchParams.get("q") === text);
      return [await count(page), ...(await listed(page))];
    };
    const plain = await search("hop tac");
    expect(plain[0]).toBeGreaterThan(10);
    expect(plain[0]).toBeLessThan(all);
    expect(await search("Hợp Tác")).toEqual(plain);
    expect(await search("phat trien hop tac van hoa")).toContain("VL-092");
    expect(await search("Viet Nam")).toEqual(await search("Vietnam"));
    // A part of ໂຮງໝໍຂັ້ນເມືອງ: Lao has no spaces between words.
    expect(await search("ຂັ້ນເມືອງ")).toContain("VL-101");
    expect(await search("VL-007")).toEqual([1, "VL-007"]);
    expect(await search("nothing-has-this-word")).toEqual([0]);
    await page.getByRole("link", { name: "Show all records" }).click();
    await eventually(() => count(page)).toBe(all);
    expect(await page.getByRole("searchbox").inputValue()).toBe("");
  });

  story("filters make the address, and the numbers beside them come true", {}, async (page) => {
    const dialog = page.getByRole("dialog");
    const choose = async (name: string, value: string) => {
      const choice = dialog.locator("label", { has: page.locator(`input[name=${name}][value=${value}]`) });
      await choice.click();
      return Number(await choice.locator("span").last().textContent());
    };
    await page.getByRole("link", { name: "Filters" }).click();
    const instruments = await choose("form", "instrument");
    await dialog.getByRole("button", { name: "Show records" }).click();
    await addressed(page, "?form=instrument");
    expect(await count(page)).toBe(instruments);
    // The numbers are of what the other filters leave.
    await page.getByRole("link", { name: "Filters (1)" }).click();
    const obligations = await choose("strength", "obligation");
    expect(obligations).toBeLessThan(instruments);
    await dialog.getByRole("button", { name: "Show records" }).click();
    await addressed(page, "?form=instrument&strength=obligation");
    expect(await count(page)).toBe(obligations);
    const shown = await listed(page);
    expect(shown).toContain("VL-046");
    await page.reload();
    await scriptsRun(page);
    expect(await listed(page)).toEqual(shown);
    await page.getByRole("link", { name: /Remove the filter Form/ }).click();
    await addressed(page, "?strength=obligation");
    await page.goBack();
    await eventually(() => listed(page)).toEqual(shown);
  });

  story("sorts, and pages forward and back show every record once", { at: "?sort=-deadline" }, async (page) => {
    const [all] = await app.sql<{ count: number }>("SELECT count(*)::int FROM commitment");
    const turn = async (rel: "next" | "prev") => {
      const before = page.url();
      await page.locator(`main a[rel=${rel}]`).click();
      await page.waitForURL((url) => url.href !== before);
      return listed(page);
    };
    const walk = async () => {
      const pages = [await listed(page)];
      while (await page.locator("main a[rel=next]").count()) pages.push(await turn("next"));
      expect(pages.map(({ length }) => length)).toEqual([50, 50, (all?.count ?? 0) - 100]);
      expect(new Set(pages.flat()).size).toBe(all?.count);
      const back = pages.slice(-1);
      while (await page.locator("main a[rel=prev]").count()) back.unshift(await turn("prev"));
      expect(back).toEqual(pages);
    };
    await walk();
    const head = page.getByRole("columnheader", { name: "Title" });
    await head.getByRole("link").click();
    await addressed(page, "?sort=title");
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    await walk();
  });

  story("shows the columns that one chooses", {}, async (page) => {
    await page.getByRole("link", { name: "Columns" }).click();
    const dialog = page.getByRole("dialog", { name: "Columns" });
    await dialog.getByLabel("Parties").uncheck();
    await dialog.getByLabel("Evidence").check();
    await dialog.getByRole("button", { name: "Show these columns" }).click();
    await addressed(page, "?columns=reference,title,form,sector,owner,status,deadline,schedule,evidence");
    expect(await page.getByRole("columnheader", { name: "Evidence" }).count()).toBe(1);
    expect(await page.getByRole("columnheader", { name: "Parties" }).count()).toBe(0);
  });

  story("keeps views, private or shared", { at: "?q=hospital" }, async (page) => {
    const open = async (whose: Page) => {
      await whose.getByRole("link", { name: "Views" }).click();
      return whose.getByRole("dialog", { name: "Saved views" });
    };
    const mine = await open(page);
    const keep = async (name: string, shared: boolean) => {
      await mine.getByRole("textbox", { name: "Name" }).fill(name);
      await mine.getByLabel("Share it with everybody here").setChecked(shared);
      await mine.getByRole("button", { name: "Save" }).click();
      await mine.getByRole("link", { name }).waitFor();
    };
    await keep("For me alone", false);
    await keep("For everybody", true);
    const other = await app.open(register, "viewer");
    const theirs = await open(other);
    await theirs.getByRole("link", { name: "For everybody" }).waitFor();
    expect(await theirs.getByText("For me alone").count()).toBe(0);
    await theirs.getByRole("link", { name: "For everybody" }).click();
    await addressed(other, "?q=hospital");
    expect(await listed(other)).toContain("VL-101");
    await other.context().close();
  });
});

describe("changing", () => {
  story("status, owner and deadline change where they stand", { at: "?q=VL-020" }, async (page) => {
    const cell = (name: string) => row(page, "VL-020").locator(`td.${name}`);
    await cell("c").getByRole("button").click();
    const status = page.getByRole("dialog", { name: "Status of VL-020" });
    await status.getByLabel("Status").selectOption("limited");
    await status.getByLabel("What has been done").fill("The offices have met.");
    await status.getByRole("button", { name: "Save" }).click();
    await eventually(() => cell("c").textContent()).toBe("Limited");

    await cell("o").getByRole("button").click();
    const owner = page.getByRole("dialog", { name: "Owner of VL-020" });
    await choosePerson(owner.getByRole("combobox"), "huong", hers);
    await owner.getByRole("button", { name: "Save" }).click();
    await eventually(() => cell("o").textContent()).toBe(hers);

    await cell("d").getByRole("button").click();
    const deadline = page.getByRole("dialog", { name: "Deadline of VL-020" });
    await deadline.getByLabel("As the text says it").fill("by June 2027");
    await deadline.getByLabel("Date", { exact: true }).fill("2027-06");
    await deadline.getByLabel("Why it changes").fill("Agreed at the session");
    await deadline.getByRole("button", { name: "Save" }).click();
    await eventually(() => cell("d").textContent()).toBe("by June 2027");
    expect(await cell("w").textContent()).toContain("Upcoming");
    expect(await app.historyOf("VL-020")).toEqual(["reportProgress", "assignOwner", "reviseDeadline"]);
    await page.reload();
    expect(await cell("c").textContent()).toBe("Limited");
  });

  story("what somebody else saved meanwhile stands beside one's own", { at: "?q=VL-021" }, async (page) => {
    await row(page, "VL-021").locator(".c button").click();
    const dialog = page.getByRole("dialog", { name: "Status of VL-021" });
    await dialog.getByLabel("Status").selectOption("limited");
    const theirs = { completion: "substantial", evidence: "reported", confidence: null, evidenceUrl: null, asOf: null };
    await app.changeElsewhere("reportProgress", "VL-021", { ...theirs, text: "" });
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("Somebody changed this meanwhile").waitFor();
    const sides = dialog.getByRole("group", { name: "Status" });
    expect(await sides.textContent()).toMatch(/Mine\s*Limited\s*Theirs, as saved\s*Substantial/);
    await sides.getByLabel("Mine").check();
    await dialog.getByRole("button", { name: "Save my choice" }).click();
    await eventually(() => row(page, "VL-021").locator(".c").textContent()).toBe("Limited");
    // What only they had changed stays as they have it.
    const [kept] = await app.sql("SELECT evidence, version FROM commitment WHERE reference = 'VL-021'");
    expect(kept).toEqual({ evidence: "reported", version: 3 });
  });

  story("rows chosen together change together", { at: "?form=pledge&sort=reference&q=VL-02" }, async (page) => {
    await page.getByRole("checkbox", { name: "Select VL-023" }).check();
    await page.getByRole("checkbox", { name: "Select VL-026" }).click({ modifiers: ["Shift"] });
    const bar = page.getByRole("region", { name: "Change the selected records" });
    await bar.getByText("4 selected").waitFor();
    await bar.getByRole("button", { name: "Owner" }).click();
    const dialog = page.getByRole("dialog", { name: "Change 4 records" });
    await choosePerson(dialog.getByRole("combobox"), "nguyen thi", hers);
    const cells = (nth: string) => dialog.locator(`tbody td:${nth}-child`).allTextContents();
    expect(await cells("first")).toEqual(["VL-023", "VL-024", "VL-025", "VL-026"]);
    expect(await cells("last")).toEqual([hers, hers, "stays as it is", hers]);
    await dialog.getByRole("button", { name: "Change 3 records" }).click();
    for (const reference of ["VL-023", "VL-024", "VL-026"]) {
      await eventually(() => row(page, reference).locator(".o").textContent()).toBe(hers);
      expect(await app.historyOf(reference)).toEqual(["assignOwner"]);
    }
    expect(await app.historyOf("VL-025")).toEqual([]);
    await bar.waitFor({ state: "detached" });
  });

  story("a viewer is offered nothing to change", { at: "?q=VL-022", as: "viewer" }, async (page) => {
    expect(await listed(page)).toEqual(["VL-022"]);
    expect(await page.locator(".rg button, .rg input").count()).toBe(0);
    expect(await page.getByRole("link", { name: "New commitment" }).count()).toBe(0);
    for (const key of "jxsod") await page.keyboard.press(key);
    // The help is the answer to the last key, and to no key before it.
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    expect(await page.getByRole("dialog").count()).toBe(1);
    expect(await page.getByRole("region", { name: "Change the selected records" }).count()).toBe(0);
  });

  story("in Vietnamese", { at: "?q=VL-027", locale: "vi" }, async (page) => {
    const t = translator("vi");
    expect(await row(page, "VL-027").locator(".t").textContent()).toContain("Làm sâu sắc quan hệ chính trị");
    await row(page, "VL-027").locator(".c button").click();
    const dialog = page.getByRole("dialog", { name: t("register.edit.title.status", { reference: "VL-027" }) });
    await dialog.getByLabel(t("commitments.field.completion")).selectOption("substantial");
    await dialog.getByRole("button", { name: t("common.save") }).click();
    await eventually(() => row(page, "VL-027").locator(".c").textContent()).toBe("Tiến triển đáng kể");
  });
});

story("downloads all that is listed, and no formula", { at: "?form=target&sort=reference" }, async (page) => {
  const formula = '=HYPERLINK("https://evil.example";"Open")';
  const rename = "UPDATE commitment SET title = title || jsonb_build_object('en', $1::text) WHERE reference = 'VL-048'";
  await app.sql(rename, [formula]);
  const shown = await listed(page);
  const file = async (name: string) => {
    await page.getByRole("button", { name: "Download" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  };
  const csv = await file("Everything shown, as CSV");
  expect(csv.name).toMatch(/^viet-nam-laos-\d{4}-\d\d-\d\d\.csv$/);
  const lines = csv.text.trimEnd().split("\r\n");
  expect(lines[0]).toMatch(/^\ufeff"Reference"/);
  expect(lines.slice(1).map((line) => line.slice(1, 7))).toEqual(shown);
  expect(lines[1]).toContain(`"'${formula.replaceAll('"', '""')}"`);
  const json = await file("Everything shown, as JSON");
  const records: { reference: string; title: { en: string } }[] = JSON.parse(json.text);
  expect(records.map(({ reference }) => reference)).toEqual(shown);
  expect(records[0]?.title.en).toBe(formula);
});

story("is worked from the keyboard", { at: "?sort=reference" }, async (page) => {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = () => page.evaluate(() => document.activeElement?.closest("tr")?.querySelector(".r")?.textContent);
  const box = page.getByRole("searchbox");
  await press("j", "j", "j", "k");
  expect(await focused()).toBe("VL-002");
  await press("x");
  await page.getByText("1 selected").waitFor();
  await press("x");
  await page.getByText("1 selected").waitFor({ state: "detached" });
  await press("s");
  const status = page.getByRole("dialog", { name: "Status of VL-002" });
  await status.getByLabel("Status").selectOption("limited");
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  for (const state of ["visible", "hidden", "visible"] as const) {
    await press("Escape");
    await question.waitFor({ state });
  }
  await question.getByRole("button", { name: "Leave without saving" }).click();
  await status.waitFor({ state: "detached" });
  await eventually(focused).toBe("VL-002");
  await press("/");
  await page.keyboard.type("jxs");
  expect(await box.inputValue()).toBe("jxs");
  await page.waitForURL((url) => url.searchParams.get("q") === "jxs");
  await box.fill("");
  await page.waitForURL((url) => !url.searchParams.get("q"));
  await press("Escape", "j", "j", "Enter");
  await page.waitForURL(/\/VL-002$/);
  await press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("xekaman");
  await page.getByRole("dialog").getByText("Xekaman 3").waitFor();
  await press("Enter");
  await page.waitForURL(/\/VL-077$/);
});
