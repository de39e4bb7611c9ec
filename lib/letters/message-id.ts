import { newSecret } from "#lib/people/secrets.ts";

/** The names of mails (Message-ID). */

/** Stable over all tries, and like no other. */
export function newMessageId(domain: string): string {
  return `<${newSecret().slice(0, 27)}@${domain}>`;
}

/** The sender's domain, where mail is set up (the start has looked at these settings); null where it is not. */
export function outgoingDomain({ SMTP_URL, KEPT_MAIL_FROM = "" } = process.env): string | null {
  return SMTP_URL ? (/@([^@<>\s]+)>?\s*$/.exec(KEPT_MAIL_FROM)?.[1] ?? null) : null;
}

/** Whether letters about accounts go by mail: else links are shown to administrators, and there are no notices. */
export const mailIsSetUp = (): boolean => outgoingDomain() !== null;
