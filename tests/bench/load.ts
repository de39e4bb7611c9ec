import autocannon, { type Outgoing } from "autocannon";

/** What a load did: how long an operation took, in milliseconds, and how many were done a second. */
export type Measured = { p50: number; p95: number; perSecond: number; count: number };

/** An operation on the app. */
export type Operation = {
  name: string;
  /** The i-th request. */
  request: (i: number) => Outgoing;
  /** Why the i-th answer is not what it should be, or null. Asked before anything is timed. */
  wrong: (i: number, body: string) => string | null;
  /** For requests that depend on the answers before: is told each answer. */
  answered?: (request: Outgoing, body: string) => void;
};

const firstTen = 10;

/** Asks a few times and looks at the answers. Returns seconds an answer took. @throws when one is not as it should be */
export async function check(url: string, { name, request, wrong, answered }: Operation): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < firstTen; i++) {
    const { path = "/", ...rest } = request(i);
    const response = await fetch(url + path, { ...rest, redirect: "manual" });
    const body = await response.text();
    const problem = response.status === 200 ? wrong(i, body) : `status ${response.status}: ${body.slice(0, 300)}`;
    if (problem) throw new Error(`${name}: ${path} gives ${problem}`);
    answered?.({ path, ...rest }, body);
  }
  return (performance.now() - started) / 1000 / firstTen;
}

/** The operation over and over for some seconds, on so many connections. @throws when any answer is no success */
export async function measure(
  url: string,
  { name, request, answered }: Operation,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Measured> {
  let next = firstTen;
  const times: number[] = [];
  let failures = 0;
  const started = performance.now();
  let ended = started;
  const { errors, timeouts } = await new Promise<{ errors: number; timeouts: number }>((resolve, reject) => {
    const run = autocannon(
      {
        url,
        connections,
        duration: seconds,
        timeout: 60,
        requests: [
          {
            setupRequest: (base, context) => {
              const asked = { ...base, ...request(next++) };
              context.asked = asked;
              return asked;
            },
            // Without it bodies are not kept, which is quicker.
            ...(answered && {
              onResponse: (_status: number, body: string, context: Record<string, unknown>) => {
                try {
                  answered(context.asked as Outgoing, body);
                } catch (error) {
                  reject(error);
                }
              },
            }),
          },
        ],
      },
      (error, result) => (error ? reject(error) : resolve(result)),
    );
    run.on("response", (_client: unknown, status: number, _bytes: number, time: number) => {
      times.push(time);
      if (status !== 200) failures += 1;
      ended = performance.now();
    });
  });
  if (failures + errors + timeouts > 0 || times.length === 0) {
    throw new Error(`${name}: ${failures} failures, ${errors} errors, ${timeouts} timeouts in ${times.length} answers`);
  }
  return summary(times, ended - started);
}

/** The same for a function. */
export async function measureCalls(
  call: (i: number) => Promise<unknown>,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Measured> {
  let next = 0;
  const times: number[] = [];
  const started = performance.now();
  const worker = async () => {
    do {
      const before = performance.now();
      await call(next++);
      times.push(performance.now() - before);
    } while (performance.now() - started < seconds * 1000);
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return summary(times, performance.now() - started);
}

function summary(times: number[], elapsed: number): Measured {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), perSecond: (times.length / elapsed) * 1000, count: times.length };
}
