import account from "./account.json" with { type: "json" };
import api from "./api.json" with { type: "json" };
import archive from "./archive.json" with { type: "json" };
import audit from "./audit.json" with { type: "json" };
import calendar from "./calendar.json" with { type: "json" };
import catalogue from "./catalogue.json" with { type: "json" };
import commitments from "./commitments.json" with { type: "json" };
import common from "./common.json" with { type: "json" };
import dates from "./dates.json" with { type: "json" };
import desk from "./desk.json" with { type: "json" };
import errors from "./errors.json" with { type: "json" };
import fatal from "./fatal.json" with { type: "json" };
import feeds from "./feeds.json" with { type: "json" };
import importing from "./importing.json" with { type: "json" };
import inbox from "./inbox.json" with { type: "json" };
import indicators from "./indicators.json" with { type: "json" };
import issuing from "./issuing.json" with { type: "json" };
import letters from "./letters.json" with { type: "json" };
import meetings from "./meetings.json" with { type: "json" };
import notices from "./notices.json" with { type: "json" };
import oidc from "./oidc.json" with { type: "json" };
import overview from "./overview.json" with { type: "json" };
import palette from "./palette.json" with { type: "json" };
import parties from "./parties.json" with { type: "json" };
import people from "./people.json" with { type: "json" };
import portfolios from "./portfolios.json" with { type: "json" };
import preferences from "./preferences.json" with { type: "json" };
import register from "./register.json" with { type: "json" };
import reminders from "./reminders.json" with { type: "json" };
import reports from "./reports.json" with { type: "json" };
import schedules from "./schedules.json" with { type: "json" };
import security from "./security.json" with { type: "json" };
import setup from "./setup.json" with { type: "json" };
import shell from "./shell.json" with { type: "json" };
import sources from "./sources.json" with { type: "json" };
import tasks from "./tasks.json" with { type: "json" };
import timeline from "./timeline.json" with { type: "json" };
import views from "./views.json" with { type: "json" };
import watching from "./watching.json" with { type: "json" };
import webhooks from "./webhooks.json" with { type: "json" };

/** One file a noun: `common.json` holds the messages under `common`. */
const messages = {
  common,
  dates,
  shell,
  commitments,
  parties,
  people,
  sources,
  meetings,
  indicators,
  catalogue,
  views,
  desk,
  account,
  setup,
  audit,
  api,
  errors,
  fatal,
  palette,
  register,
  watching,
  portfolios,
  preferences,
  inbox,
  letters,
  feeds,
  reminders,
  reports,
  tasks,
  schedules,
  archive,
  issuing,
  overview,
  timeline,
  calendar,
  security,
  importing,
  notices,
  oidc,
  webhooks,
};

/** The shape of all messages. English is the model: the other languages must have each of its keys to compile. */
export type Messages = typeof messages;

export default messages;
