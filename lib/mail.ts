import { isIP } from "node:net";
import { createTransport } from "nodemailer";
import type { Env } from "#lib/env.ts";

/** A mail to one person, as it is to go. */
export type Mail = {
  /** With its angle brackets. */
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  language: string;
  /** Where one click, or a page, ends such mails; null: they can't be ended. */
  unsubscribeUrl: string | null;
  files?: readonly { name: string; type: string; bytes: Uint8Array }[];
};

/**
 * What became of a try. `again`: not this time; with `mayHaveArrived` the server may have taken it all the same, and with
 * `away` it is the server that fails and not this mail. `never`: the server will not have it for this person.
 */
export type Fate =
  | { how: "sent" }
  | { how: "again"; error: string; mayHaveArrived: boolean; away: boolean }
  | { how: "never"; error: string };

export type Mailer = {
  /** Tries once, and never takes longer than the mailer's limit. Never throws. */
  send(mail: Mail): Promise<Fate>;
  close(): void;
};

export type MailSettings = Pick<Env, "SMTP_URL" | "KEPT_MAIL_FROM">;

/** The domain in the names of mails (Message-ID): the sender's, or where there is none, that of the app's address. */
export function mailDomain({ KEPT_MAIL_FROM }: Pick<MailSettings, "KEPT_MAIL_FROM">, publicUrl: string): string {
  return KEPT_MAIL_FROM?.address.split("@").at(-1) ?? new URL(publicUrl).hostname;
}

/** Connections that one worker has open to the mail server at most. */
export const connections = 5;

/** Sends by the server of SMTP_URL; null where there is none. `limit`: milliseconds that one try may take. */
export function createMailer({ SMTP_URL, KEPT_MAIL_FROM: from }: MailSettings, limit: number): Mailer | null {
  if (!SMTP_URL || !from) return null;
  const { protocol, hostname, port, username, password } = new URL(SMTP_URL);
  const host = hostname.replace(/^\[|\]$/g, "");
  // Less than the whole, so that a server which never greets is told from one that fell silent over a mail.
  const wait = Math.min(15_000, limit / 2);
  const transport = createTransport({
    pool: true,
    host,
    ...(port && { port: Number(port) }),
    secure: protocol === "smtps:",
    // A password never goes over a line that others may read.
    requireTLS: username !== "" && protocol === "smtp:" && !isLoopback(host),
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    maxConnections: connections,
    // A connection that turns out to be closed is replaced, before anything of the mail was sent; everything else is ours.
    maxRequeues: 1,
    connectionTimeout: wait,
    greetingTimeout: wait,
    socketTimeout: limit,
    dnsTimeout: wait,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Each failure is told to whoever sends; a connection that ends between two mails is nobody's concern.
  transport.on("error", () => {});

  return {
    async send({ messageId, to, subject, text, html, language, unsubscribeUrl, files = [] }) {
      try {
        await transport.sendMail({
          messageId,
          from,
          to: { name: oneLine(to.name), address: to.address },
          // Whom it goes to is said once more, past everything that reads addresses out of headers.
          envelope: { from: from.address, to: [to.address] },
          subject: oneLine(subject),
          text,
          html,
          attachments: files.map(({ name, type, bytes }) => ({
            filename: name,
            contentType: type,
            content: Buffer.from(bytes),
          })),
          headers: {
            ...(unsubscribeUrl !== null && {
              "List-Unsubscribe": { prepared: true, value: `<${unsubscribeUrl}>` },
              "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": language,
          },
          signal: AbortSignal.timeout(limit),
        });
        return { how: "sent" };
      } catch (error) {
        return fateOf(error as Refusal);
      }
    },
    close: () => transport.close({ force: true }),
  };
}

/** As much of nodemailer's errors as decides what happens next. */
type Refusal = Error & {
  code?: string | undefined;
  command?: string | undefined;
  responseCode?: number | undefined;
  response?: string | undefined;
  timeoutType?: string | undefined;
};

/** Before the server was ready to take a mail, nothing of it can have arrived. */
const neverBegan = new Set(["EDNS", "ETLS", "EAUTH", "ENOAUTH", "ECONFIG", "EPROXY", "EENVELOPE"]);
const beforeGreeting = new Set(["CONNECT_TIMEOUT", "GREETING_TIMEOUT", "UPGRADE_TIMEOUT"]);

/** What a failed try means. Only an answer of the server that says no is sure; a line that broke off may have carried it all. */
export function fateOf(failure: Refusal): Fate {
  const { code = "", command = "", responseCode, response, timeoutType = "" } = failure;
  const error = oneLine(response || failure.message || code).slice(0, 500);
  const answered = responseCode !== undefined && responseCode >= 400;
  const ofThisMail = command === "RCPT TO" || command === "DATA" || code === "EMESSAGE";
  // 503: the conversation went wrong, not the mail.
  const forGood = answered ? responseCode >= 500 && responseCode !== 503 : code === "EMESSAGE";
  if (forGood && ofThisMail) return { how: "never", error };
  const surelyNot = answered || neverBegan.has(code) || beforeGreeting.has(timeoutType) || /ECONNREFUSED/.test(error);
  return { how: "again", error, mayHaveArrived: !surelyNot, away: !(answered && ofThisMail) || responseCode === 421 };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** A text for one line of a mail's head: no line ends, and nothing that makes it look like another text. */
export function oneLine(text: string): string {
  return text.toWellFormed().replaceAll(unprintable, " ").trim();
}
