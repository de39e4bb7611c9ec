import type { Browser, BrowserContext, Page } from "playwright-core";

/** What a failed test of the running app has to show for it: its pages, what they complained of, what the app printed. */

const browsers = new Set<Browser>();
const outputs = new Set<() => string>();
const complaints = new WeakMap<BrowserContext, string[]>();

/** From now on that browser's pages are told of when a test fails. */
export function witness(browser: Browser): Browser {
  browsers.add(browser);
  browser.once("disconnected", () => browsers.delete(browser));
  const { newContext } = browser;
  browser.newContext = async (options) => {
    const context = await newContext.call(browser, options);
    const heard: string[] = [];
    complaints.set(context, heard);
    context.on("console", (message) => {
      if (message.type() === "error") heard.push(message.text());
    });
    context.on("weberror", (error) => heard.push(String(error.error())));
    context.on("requestfailed", (request) => heard.push(`${request.failure()?.errorText} ${request.url()}`));
    context.on("page", (page) => page.on("crash", () => heard.push("The page crashed.")));
    return context;
  };
  return browser;
}

/** From now on the last of what that app prints is told, until the returned function is called. */
export function witnessOutput(output: () => string): () => void {
  outputs.add(output);
  return () => outputs.delete(output);
}

/** All of it, in words; empty where neither an app nor a browser is open. */
export async function whatWasSeen(): Promise<string> {
  const contexts = [...browsers].flatMap((browser) => browser.contexts());
  const pages = await Promise.all(
    contexts.map(async (context) => {
      const shown = await Promise.all(context.pages().map(shownOn));
      return [...shown, ...(complaints.get(context) ?? []).slice(-10).map((said) => `  ! ${said.slice(0, 500)}`)];
    }),
  );
  const printed = [...outputs].map((output) => `The app printed last:\n${output().slice(-2000)}`);
  return [...pages.flat(), ...printed].join("\n");
}

async function shownOn(page: Page): Promise<string> {
  const snapshot = page.locator("body").ariaSnapshot({ timeout: 3000 });
  const lines = (await snapshot.catch(String)).split("\n").filter((line) => !line.includes("- /url:"));
  return `The page ${page.url()} shows:\n${lines.join("\n").slice(0, 3000)}`;
}
