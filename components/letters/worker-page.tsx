import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { Description, DescriptionList } from "#components/ui/description-list.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type Translator, translateKey, translator } from "#lib/i18n/translator.ts";

type Job = {
  name: string;
  nextAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  running: boolean;
  error: string | null;
};

type Queue = {
  now: Date;
  unlettered: number;
  waiting: number;
  due: number;
  oldest: Date | null;
  leased: number;
  parked: number;
  unsent: number;
  sentToday: number;
  lastSent: Date | null;
  jobs: readonly Job[];
};

/** Every job comes more often than this, but for one. */
const silence = 5 * 60_000;

/** How the worker is doing. */
export function WorkerPage({ queue, locale }: { queue: Queue; locale: Locale }) {
  const t = translator(locale);
  const { number, moment } = format(locale);
  const count = (name: "unlettered" | "due" | "leased" | "sentToday") => (
    <Description term={t(`letters.worker.${name}`)}>{number(queue[name])}</Description>
  );
  const list = (state: "waiting" | "parked" | "unsent") => (
    <Description term={t(`letters.worker.${state}`)}>
      <Link href={`/letters?state=${state}`} prefetch={false}>
        {number(queue[state])}
      </Link>
    </Description>
  );
  return (
    <div className="mx-auto grid max-w-5xl gap-6">
      <div>
        <h1 className="text-2xl">{t("letters.worker.title")}</h1>
        <p className="text-muted">{t("letters.worker.lead")}</p>
      </div>
      <Silence t={t} queue={queue} moment={moment} />
      <section className="grid gap-2">
        <h2 className="text-lg">{t("letters.worker.queue")}</h2>
        <DescriptionList>
          {count("unlettered")}
          {list("waiting")}
          {count("due")}
          {count("leased")}
          {queue.oldest && <Description term={t("letters.worker.oldest")}>{moment(queue.oldest)}</Description>}
          {list("parked")}
          {list("unsent")}
          {count("sentToday")}
          <Description term={t("letters.worker.lastSent")}>
            {queue.lastSent ? moment(queue.lastSent) : t("letters.worker.notYet")}
          </Description>
        </DescriptionList>
      </section>
      <section className="grid gap-2">
        <h2 className="text-lg">{t("letters.worker.jobs")}</h2>
        <Table label={t("letters.worker.jobs")}>
          <thead>
            <tr>
              <Th>{t("letters.worker.name")}</Th>
              <Th>{t("letters.worker.result")}</Th>
              <Th>{t("letters.worker.lastRun")}</Th>
              <Th>{t("letters.worker.nextRun")}</Th>
            </tr>
          </thead>
          <tbody>
            {queue.jobs.map((job) => (
              <tr key={job.name}>
                <Td className="min-w-36 font-semibold">{nameOf(t, job.name)}</Td>
                <Td>
                  <Result t={t} job={job} />
                  {job.error && (
                    <span lang="en" className="block min-w-40 text-muted [overflow-wrap:anywhere]">
                      {job.error}
                    </span>
                  )}
                </Td>
                <Td className="whitespace-nowrap">
                  {job.finishedAt ? moment(job.finishedAt) : t("letters.worker.notYet")}
                </Td>
                <Td className="whitespace-nowrap">{moment(job.nextAt)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
        <p className="text-sm text-muted">{t("letters.worker.metrics")}</p>
      </section>
    </div>
  );
}

/** Says so when no worker seems to be there. */
function Silence({ t, queue, moment }: { t: Translator; queue: Queue; moment: (at: Date) => string }) {
  const last = Math.max(0, ...queue.jobs.map(({ startedAt }) => startedAt?.getTime() ?? 0));
  if (queue.now.getTime() - last <= silence) return null;
  return (
    <p className="flex items-start gap-2 rounded-md border border-caution bg-caution-soft px-3 py-2 text-caution">
      <Icon name="alert" className="mt-[0.25em]" />
      <span>
        {last === 0 ? t("letters.worker.neverRan") : t("letters.worker.idle", { date: moment(new Date(last)) })}
      </span>
    </p>
  );
}

function nameOf(t: Translator, name: string): string {
  const key = `letters.worker.job.${name}`;
  const text = translateKey(t, key);
  return text === key ? name : text;
}

function Result({ t, job }: { t: Translator; job: Job }) {
  if (job.running)
    return (
      <Badge tone="info" icon="clock">
        {t("letters.worker.running")}
      </Badge>
    );
  if (job.error)
    return (
      <Badge tone="critical" icon="alert">
        {t("letters.worker.failed")}
      </Badge>
    );
  return job.finishedAt ? (
    <Badge tone="positive" icon="check">
      {t("letters.worker.ok")}
    </Badge>
  ) : (
    <span className="text-muted">{t("letters.worker.notYet")}</span>
  );
}
