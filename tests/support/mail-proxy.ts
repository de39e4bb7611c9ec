import net, { type AddressInfo } from "node:net";

/**
 * Moments of sending a mail, as whoever stands on the line sees them: the worker has connected; said from whom; to whom;
 * begun with the mail; ended it (and the server does not know it yet); the server has said yes (and the worker does not
 * know it yet).
 */
export const moments = ["connect", "from", "recipient", "data", "end", "taken"] as const;
export type Moment = (typeof moments)[number];

const commands: Record<string, Moment> = { MAIL: "from", RCPT: "recipient", DATA: "data" };

/** Stands between a worker and a mail server. What `at` waits for, waits; what it refuses, is cut off. */
export type MailProxy = { url: string; close(): Promise<void> };

export async function startMailProxy(port: number, at: (moment: Moment) => Promise<"on" | "cut">): Promise<MailProxy> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const upstream = net.connect(port, "127.0.0.1");
    let [inMail, ended, tail] = [false, false, ""];
    // One thing after the other, in the order in which they came.
    let before: Promise<unknown> = Promise.resolve();
    const then = (moment: Moment | null, to: net.Socket, bytes: Buffer | null) => {
      before = before.then(async () => {
        if (moment && (await at(moment)) === "cut") client.destroy();
        else if (bytes) to.write(bytes);
      });
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
    }
    // What a worker had written before it died is on its way.
    client.on("close", () => void before.then(() => upstream.end()));
    upstream.on("close", () => client.destroy());
    then("connect", upstream, null);
    client.on("data", (chunk: Buffer) => {
      if (!inMail) {
        // Several commands may come at once.
        for (const line of chunk.toString("latin1").match(/[^\n]*\n|[^\n]+$/g) ?? []) {
          const [, command] = /^(MAIL|RCPT|DATA)\b/i.exec(line) ?? [];
          then(command ? (commands[command.toUpperCase()] ?? null) : null, upstream, Buffer.from(line, "latin1"));
        }
        return;
      }
      tail = (tail + chunk.toString("latin1")).slice(-5);
      if (tail === "\r\n.\r\n") [inMail, ended] = [false, true];
      then(inMail ? null : "end", upstream, chunk);
    });
    upstream.on("data", (chunk: Buffer) => {
      const text = chunk.toString("latin1");
      if (/^354/m.test(text)) inMail = true;
      const taken = ended && /^250/.test(text);
      if (taken) ended = false;
      then(taken ? "taken" : null, client, chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${own}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
