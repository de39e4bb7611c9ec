import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { appInBrowser, eventually } from "#tests/support/window.ts";

/** The next document comes in, and what it says is entered: by managers, in the browser. */

const portfolio = "/viet-nam-laos";
const app = appInBrowser();

const at = (path: string, role?: "viewer" | "editor" | "manager") => app.open(portfolio + path, role);
const close = (page: Page) => page.context().close();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const follow = (page: Page, name: string) => page.getByRole("link", { name, exact: true }).click();
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const box = (page: Page, label: string) => page.getByLabel(label, { exact: true });
/** One language of a text that is there in three. */
const text = (page: Page, group: string, language = "English") =>
  page.getByRole("group", { name: group }).getByLabel(language, { exact: true });
/** Types into a box that finds things, and takes the one of just that name. */
const take = async (page: Page, label: string, typed: string, name: string) => {
  await page.getByRole("combobox", { name: label }).fill(typed);
  await page.getByRole("option", { name, exact: true }).click();
};
/** The history of this page, the newest first. */
const history = (page: Page) => section(page, "History").getByRole("listitem").allTextContents();

async function accessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])).toEqual([]);
}

describe("a new communiqué", () => {
  test("is entered with its meeting, a commitment that cites it, a figure and a target; all are shown", async () => {
    const page = await at("/sources");
    await follow(page, "Add a source");
    await heading(page, "Add a source");
    await press(page, "Add a source");
    await page.getByText("What we call it: write it in at least one language.").waitFor();
    await page.getByText("Give the paragraph’s number, from 1.").waitFor();
    await accessible(page);
    await text(page, "What we call it").fill("Joint statement of the 49th session");
    await text(page, "What we call it", "Tiếng Việt").fill("Tuyên bố chung Kỳ họp lần thứ 49");
    await box(page, "Publisher").fill("VNA");
    await box(page, "Date").fill("2026-12-10");
    await page.getByText("10 December 2026").waitFor();
    await page.getByLabel("Paragraphs").fill("12");
    await press(page, "Add a source");
    await heading(page, "Joint statement of the 49th session");
    expect(page.url()).toContain("/sources/joint-statement-of-the-49th-session");
    expect(await page.getByText("Nothing cites this paragraph").count()).toBe(12);

    await page.goto(app.url(`${portfolio}/meetings/new`));
    await text(page, "Name").fill("49th session of the Intergovernmental Committee");
    await text(page, "What it was").fill("The two sides met in Vientiane.");
    await take(page, "Place", "vientiane", "Vientiane (capital)");
    await box(page, "As the text says it").fill("on 9 and 10 December");
    await box(page, "Date").fill("2026-12-09/2026-12-10");
    await take(page, "Add who takes part", "laos", "Laos");
    await take(page, "Add who takes part", "viet nam", "Viet Nam");
    await press(page, "Add a citation");
    await page.getByLabel("Source").selectOption({ label: "Joint statement of the 49th session" });
    await page.getByLabel("Paragraph").fill("99");
    await press(page, "Add a meeting");
    await page.getByText("The source has no such paragraph.").waitFor();
    await page.getByLabel("Paragraph").fill("2");
    await press(page, "Add a meeting");
    await heading(page, "49th session of the Intergovernmental Committee");
    await page
      .getByText(/^9\s?–\s?10 December 2026/)
      .first()
      .waitFor();
    await page.getByText("Joint statement of the 49th session, paragraph 2").waitFor();

    await page.goto(app.url(`${portfolio}/commitments/new`));
    await text(page, "English", "Title").fill("A second bridge at Bolikhamxay");
    await text(page, "English", "Statement").fill("The two sides build a bridge.");
    await press(page, "Add a citation");
    await page.getByLabel("Source").selectOption({ label: "Joint statement of the 49th session" });
    await page.getByLabel("Paragraph").fill("5");
    await press(page, "Save the commitment");
    await heading(page, "A second bridge at Bolikhamxay");
    await section(page, "Where it was said").getByText("Joint statement of the 49th session, ¶ 5").waitFor();
    const record = page.url();
    const reference = record.slice(record.lastIndexOf("/") + 1);

    await press(page, "Add Meetings");
    const meetings = section(page, "Meetings");
    await press(page, "Add a meeting");
    const option = meetings.getByLabel("Meeting").locator("option", { hasText: "49th session" });
    await meetings.getByLabel("Meeting").selectOption((await option.getAttribute("value")) ?? "");
    await meetings.getByLabel("What happened there").selectOption("made");
    await press(page, "Save");
    await meetings.getByText(/Made here, 9\s?–\s?10 December 2026/).waitFor();
    await eventually(async () => (await history(page))[0]).toContain("changed the meetings");
    expect((await history(page))[0]).toContain("49th session of the Intergovernmental Committee (Made here)");

    await page.goto(app.url(`${portfolio}/indicators`));
    await follow(page, "Add an indicator");
    await text(page, "What is measured").fill("Bridges between the two countries");
    await box(page, "Unit").selectOption("projects");
    await press(page, "Add an indicator");
    await heading(page, "Bridges between the two countries");
    await follow(page, "Add a figure");
    await heading(page, "Add a figure");
    await page.getByLabel("Value (projects)").fill("many");
    await press(page, "Add a figure");
    await page.getByText("Give a number.").waitFor();
    await page.getByLabel("Value (projects)").fill("3");
    await box(page, "Of when").fill("2026-12");
    await page.getByLabel("Source").selectOption({ label: "Joint statement of the 49th session" });
    await page.getByLabel("Paragraph").fill("7");
    await accessible(page);
    await press(page, "Add a figure");
    await heading(page, "Bridges between the two countries");
    await page.getByRole("cell", { name: /^3 projects/ }).waitFor();

    await follow(page, "Set a target");
    await page.getByRole("combobox", { name: "Whose target it is" }).fill(reference);
    await page.getByRole("option", { name: "A second bridge at Bolikhamxay" }).click();
    await page.getByLabel("Value (projects)").fill("5");
    await box(page, "To be reached by").fill("2030");
    await page.getByLabel("Source").selectOption({ label: "Joint statement of the 49th session" });
    await page.getByLabel("Paragraph").fill("8");
    await press(page, "Set a target");
    await page.getByText("Target 5 projects, 2030").first().waitFor();

    await page.goto(record);
    const figures = section(page, "Figures");
    await figures.getByRole("link", { name: "Bridges between the two countries" }).waitFor();
    await figures.getByText("Target 5 projects, 2030").first().waitFor();
    expect((await history(page))[0]).toMatch(/set a target.*Bridges between the two countries · 5 · .*2030/s);

    // What rests on the new document stands beside its paragraphs.
    await page.goto(app.url(`${portfolio}/sources/joint-statement-of-the-49th-session`));
    expect(await page.getByText("Nothing cites this paragraph").count()).toBe(8);
    await page.locator("#p5").getByText("A second bridge at Bolikhamxay").waitFor();
    await close(page);
  });

  test("has paragraphs that promise nothing, and errors", async () => {
    const page = await at("/sources/vns-2025-12");
    await page.getByText("Record an error in this source").click();
    const form = page.locator("form", { has: page.getByRole("group", { name: "It says" }) });
    await form.getByLabel("Paragraph").fill("400");
    for (const [group, says] of [
      ["It says", "the 47th"],
      ["Right is", "the 48th"],
      ["How we know", "The committee's own minutes."],
    ] as const)
      await text(page, group).fill(says);
    await press(page, "Record the error");
    await page.getByText("The source has no such paragraph.").waitFor();
    await form.getByLabel("Paragraph").fill("3");
    await press(page, "Record the error");
    await page.getByRole("definition").filter({ hasText: "the 47th" }).waitFor();
    expect((await history(page))[0]).toContain("recorded an error of the source");
    await page.getByRole("button", { name: /^Take the error back.*Paragraph 3/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Take the error back" }).click();
    await page.getByRole("definition").filter({ hasText: "the 47th" }).waitFor({ state: "detached" });

    const [silent] = await app.sql<{ paragraph: number; reason: string }>(
      "SELECT (q->>'paragraph')::int AS paragraph, q->'reason'->>'en' AS reason FROM source s, jsonb_array_elements(s.silent) q WHERE s.key = 'vns-2025-12' LIMIT 1",
    );
    const line = page.locator(`#p${silent?.paragraph}`);
    await line.getByRole("button", { name: "Unmark" }).click();
    await line.getByText("Nothing cites this paragraph").waitFor();
    await page.getByText("Mark paragraphs that promise nothing").click();
    await page.getByLabel("Paragraphs").fill("one to three");
    await text(page, "Why they promise nothing").fill("Names of those present");
    await press(page, "Mark them");
    await page.getByText("Give the paragraphs’ numbers: 1-3, 7.").waitFor();
    await page.getByLabel("Paragraphs").fill(`${silent?.paragraph}`);
    await press(page, "Mark them");
    await line.getByText("Names of those present").waitFor();
    await close(page);
  });
});

describe("what was entered wrong", () => {
  test("is corrected or withdrawn with a reason, and the history keeps what stood there", async () => {
    const page = await at("/indicators/lao-students-in-vn");
    const title = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
    await page
      .getByRole("link", { name: /^Correct/ })
      .first()
      .click();
    await heading(page, "Correct the figure");
    await page.getByLabel(/^Value/).fill("12345");
    await page.getByText("Reads: 12,345").waitFor();
    const correction = page.locator("main form").first();
    await press(page, "Save");
    await correction.getByText("Fill this in.").waitFor();
    await correction.getByLabel("Why it changes").fill("A typing error.");
    await press(page, "Save");
    await heading(page, title);
    await page.getByRole("cell", { name: /^12,345 students/ }).waitFor();
    expect((await history(page))[0]).toMatch(/corrected a figure.*12,345.*A typing error\./s);

    await page
      .getByRole("link", { name: /^Correct/ })
      .first()
      .click();
    await heading(page, "Correct the figure");
    await section(page, "Withdraw the figure").getByLabel("Why it changes").fill("It is of another country.");
    await press(page, "Withdraw");
    await heading(page, title);
    expect(await page.getByRole("cell", { name: /^12,345 students/ }).count()).toBe(0);
    expect((await history(page))[0]).toMatch(/withdrew a figure.*12,345.*It is of another country\./s);
    await close(page);
  });

  test("two managers who change the same see both values, and choose", async () => {
    const [mine, theirs] = [await at("/meetings/committee-48/edit"), await at("/meetings/committee-48/edit")];
    await text(theirs, "Name").fill("The 48th session, theirs");
    await theirs.getByRole("combobox", { name: "Kind" }).selectOption("conference");
    await press(theirs, "Save");
    await heading(theirs, "The 48th session, theirs");
    await text(mine, "Name").fill("The 48th session, mine");
    await press(mine, "Save");
    await mine.getByText("Nothing is saved yet.").waitFor();
    await mine.getByText("English: The 48th session, theirs").waitFor();
    await mine.getByRole("radio", { name: /^Mine/ }).check();
    await press(mine, "Save my choice");
    await heading(mine, "The 48th session, mine");
    const [meeting] = await app.sql("SELECT kind, version FROM meeting WHERE key = 'committee-48'");
    expect(meeting).toEqual({ kind: "conference", version: 3 });
    await close(mine);
    await close(theirs);
  });
});

describe("a party that is not on the list", () => {
  test("is added in another tab, and found at once where it is wanted", async () => {
    const page = await at("/commitments/VL-103");
    await press(page, "Edit Parties");
    const [tab] = await Promise.all([
      page.context().waitForEvent("page"),
      page.getByRole("link", { name: /^Not on the list\?/ }).click(),
    ]);
    await heading(tab, "Parties and places");
    await follow(tab, "Add a party");
    await text(tab, "Name").fill("Laos");
    await box(tab, "Side").selectOption("la");
    await press(tab, "Add a party");
    await tab.getByText("There is one of this name on that side already.").waitFor();
    await text(tab, "Name").fill("Lao Railway Research Institute");
    await take(tab, "Part of", "laos", "Laos");
    await box(tab, "Other names").fill("LRRI");
    await press(tab, "Add a party");
    await heading(tab, "Parties and places");
    await tab.getByRole("link", { name: "Lao Railway Research Institute" }).waitFor();
    await take(page, "Add a party", "lrri", "Lao Railway Research Institute");
    await press(page, "Save");
    await page.getByRole("button", { name: "Edit Parties" }).waitFor();
    await section(page, "Parties").getByText("Lao Railway Research Institute", { exact: true }).waitFor();
    await close(page);
  });
});

test("what is typed is not lost by a link: the person is asked", async () => {
  const page = await at("/sources/new");
  await text(page, "What we call it").fill("Half of a name");
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByText("What you typed has not been saved").waitFor();
  await press(page, "Stay here");
  expect(await text(page, "What we call it").inputValue()).toBe("Half of a name");
  await close(page);
});

test("viewers and editors read, and are offered no form", async () => {
  for (const role of ["viewer", "editor"] as const) {
    const page = await at("/sources", role);
    expect(await page.getByRole("link", { name: "Add a source" }).count()).toBe(0);
    for (const path of ["/sources/new", "/meetings/new", "/indicators/new", "/parties/new", "/places/new"]) {
      await page.goto(app.url(portfolio + path));
      await page.getByText("You may not see this page").waitFor();
    }
    await page.goto(app.url(`${portfolio}/sources/vns-2025-12`));
    expect(await page.locator("main form").count()).toBe(0);
    await close(page);
  }
});
