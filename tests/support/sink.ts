import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A mail as the server took it. */
export type Taken = {
  from: string;
  to: string[];
  raw: string;
  mail: Email;
  /** Who signed in to send it. */
  user: string | undefined;
  /** When the server said yes. */
  at: number;
};

/** What the server does otherwise than take everything at once. Each may be changed while it runs. */
type Manners = {
  /** Refuses a connection with this answer. */
  greeting?: string | undefined;
  /** Refuses this recipient with this answer, if it gives one. */
  recipient?: ((address: string) => string | undefined) | undefined;
  /** Refuses a mail, once it was told all of it, with this answer. */
  data?: ((taken: Taken) => string | undefined) | undefined;
  /** Milliseconds before it says yes to a mail. */
  delay?: number | undefined;
};

export type Sink = { url: string; port: number; taken: Taken[]; manners: Manners; close(): Promise<void> };

/** A mail server on this machine that keeps what it takes. An answer is "450 try later". */
export async function startSink(manners: Manners = {}, port = 0): Promise<Sink> {
  const taken: Taken[] = [];
  const sink = { taken, manners } as Sink;
  const refusal = (answer: string | undefined) => {
    if (!answer) return null;
    return Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) });
  };
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect: (_session, done) => done(refusal(sink.manners.greeting)),
    onRcptTo: ({ address }, _session, done) => done(refusal(sink.manners.recipient?.(address))),
    onData: async (stream, { envelope, user }, done) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of stream) chunks.push(chunk);
      } catch (gone) {
        // Whoever sent it ended in the middle of it.
        return done(gone as Error);
      }
      const raw = Buffer.concat(chunks).toString();
      const from = envelope.mailFrom ? envelope.mailFrom.address : "";
      const to = envelope.rcptTo.map(({ address }) => address);
      const mail = await PostalMime.parse(raw);
      const one: Taken = { from, to, raw, mail, user, at: 0 };
      const { data, delay = 0 } = sink.manners;
      const refused = refusal(data?.(one));
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      one.at = Date.now();
      if (!refused) taken.push(one);
      done(refused);
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
  sink.port = (server.server.address() as AddressInfo).port;
  sink.url = `smtp://127.0.0.1:${sink.port}`;
  sink.close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return sink;
}
