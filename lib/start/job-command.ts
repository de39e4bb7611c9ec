import { openDatabase } from "#lib/start/database.ts";
import { keepJobWorker } from "#lib/start/job-keeper.ts";
import { lifetime } from "#lib/start/lifetime.ts";
import { migrate } from "#lib/start/migrate.ts";
import { settings } from "#lib/start/settings.ts";

const log = (line: string) => console.log(line);

/** `npm run worker`: plans and sends reminders, and serves no pages. Any number may run beside each other and the app. */
export async function main(): Promise<void> {
  const env = settings();
  await lifetime(log, async (life) => {
    const { appUrl, ownerUrl } = await life.until(openDatabase(env, log), (database) => database.release());
    for (const name of await migrate(ownerUrl, log)) log(`Applied migration ${name}.`);
    process.env.DATABASE_URL = appUrl;
    const worker = keepJobWorker(log);
    life.atEnd(worker.stop);
    log(
      env.SMTP_URL
        ? "The worker plans and sends reminders."
        : "The worker plans reminders; SMTP_URL is not set, so no mail goes.",
    );
    await life.told;
  });
}
