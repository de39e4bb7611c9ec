import { lifetime } from "#lib/start/lifetime.ts";
import { settings } from "#lib/start/settings.ts";
import { checkPort, prepareDatabase, welcome } from "#lib/start/start.ts";

/** `npm run dev`: the same database and the same guards, with pages compiled as they are asked for. */
export async function main(): Promise<void> {
  const env = settings();
  await lifetime(console.log, async (life) => {
    await checkPort(env.PORT);
    const signIn = await prepareDatabase(env, life);
    Object.assign(process.env, { NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" });
    const { serve } = await import("#lib/start/server.ts");
    await life.until(serve({ env, dev: true }), ({ close }) => close());
    welcome(env, signIn);
    await life.told;
  });
}
