import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A worker process as `npm start` and `npm run worker` keep one. */
export type JobWorker = { pid: number; output(): string; kill(): Promise<void>; stop(): Promise<number | null> };

type Options = { databaseUrl: string; env?: Record<string, string>; before?: readonly string[] };

/** `before`: a program that starts it, such as faketime. */
export function startJobWorker({ databaseUrl, env = {}, before = [] }: Options): JobWorker {
  const { KEPT_OWNER_URL: _owner, VITEST: _vitest, ...inherited } = process.env;
  const command = [...before, process.execPath, "--max-old-space-size=256", "lib/start/job-worker.ts"];
  const child: ChildProcess = spawn(command[0] ?? "", command.slice(1), {
    env: {
      ...inherited,
      NODE_ENV: "production",
      KEPT_POOL: "3",
      KEPT_MAIL_FROM: "Kept <kept@kept.example>",
      ...env,
      DATABASE_URL: databaseUrl,
    },
    // It ends with whoever started it.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  const gone = once(child, "exit");
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
    return child.exitCode;
  };
  return {
    pid: child.pid ?? 0,
    output: () => output,
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
  };
}
