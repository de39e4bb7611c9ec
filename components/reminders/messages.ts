import type { MessageScope } from "#lib/i18n/compiled.ts";

/** What can go wrong where something is watched, put off or done away with. */
const failures = [
  "errors.unexpected",
  "errors.unavailable",
  "errors.notFound",
  "errors.notSignedIn",
  "errors.date.notDay",
  "watching.errors",
] as const satisfies readonly MessageScope[];

/** The words of a record's reminders: every reader of a record gets them. */
export const recordMessages = [
  "watching.title",
  "watching.watching",
  "watching.notWatching",
  "watching.muted",
  "watching.snoozed",
  "watching.watch",
  "watching.unwatch",
  "watching.mute",
  "watching.unmute",
  "watching.snooze",
  "watching.until",
  "watching.done",
  "watching.plan.title",
  "watching.plan.coming",
  "watching.plan.sent",
  "watching.plan.nothingComing",
  "watching.plan.nothingSent",
  "watching.plan.failed",
  "common.loading",
  ...failures,
] as const satisfies readonly MessageScope[];

/** The words of the inbox's buttons. */
export const inboxMessages = [
  "inbox.done",
  "inbox.doneSaid",
  "inbox.snoozeSaid",
  "inbox.undo",
  "inbox.undone",
  "inbox.readAll",
  "inbox.allRead",
  "watching.snooze",
  "watching.until",
  ...failures,
] as const satisfies readonly MessageScope[];
