import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { query } from "#tests/support/people.ts";
import { type Sink, startSink } from "#tests/support/sink.ts";

/** The mail server of the present test. */
export let sink: Sink;

/** Mail is set up, and each test has a server of its own and no letters of the one before. Call it at the top of a test file. */
export function withMail(): void {
  beforeAll(() => {
    // That there is an address opens what needs mail; where letters go is said where they are sent.
    Object.assign(process.env, { SMTP_URL: "smtp://127.0.0.1:1", KEPT_MAIL_FROM: "Kept <kept@kept.example>" });
  });
  beforeEach(async () => {
    sink = await startSink();
    await query(process.env.KEPT_OWNER_URL ?? "", "DELETE FROM letter");
  });
  afterEach(() => sink.close());
  afterAll(() => {
    delete process.env.SMTP_URL;
    delete process.env.KEPT_MAIL_FROM;
  });
}

/** Another server in place of the present one, as after an outage. */
export async function restartSink(): Promise<void> {
  await sink.close();
  sink = await startSink();
}
