import type { Operation } from "./operation.ts";
import { administration } from "./operations/administration.ts";
import { background } from "./operations/background.ts";
import { catalogue } from "./operations/catalogue.ts";
import { commitments } from "./operations/commitments.ts";
import { imports } from "./operations/imports.ts";
import { indicators } from "./operations/indicators.ts";
import { own } from "./operations/own.ts";
import { parties } from "./operations/parties.ts";
import { people } from "./operations/people.ts";
import { pictures } from "./operations/pictures.ts";
import { reminders } from "./operations/reminders.ts";
import { reports } from "./operations/reports.ts";
import { views } from "./operations/views.ts";
import { webhooks } from "./operations/webhooks.ts";

/** All that /api/v1 can do, by name ("commitments.create"): the noun, and what is done. */
export const operations: Readonly<Record<string, Operation>> = {
  ...commitments,
  ...catalogue,
  ...indicators,
  ...parties,
  ...views,
  ...reminders,
  ...own,
  ...people,
  ...pictures,
  ...reports,
  ...background,
  ...imports,
  ...webhooks,
  ...administration,
};
