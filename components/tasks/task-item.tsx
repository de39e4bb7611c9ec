import Link from "next/link";
import { ActButton } from "#components/people/act-button.tsx";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { format } from "#lib/i18n/format.ts";
import { pick } from "#lib/i18n/text.ts";
import { type ClientTranslator, useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import { cancelTask } from "#lib/tasks/actions.ts";
import type { TaskShown } from "#lib/tasks/schema.ts";

const looks: Record<TaskShown["state"], { tone: Tone; icon: IconName }> = {
  waiting: { tone: "neutral", icon: "clock" },
  running: { tone: "info", icon: "clock" },
  done: { tone: "positive", icon: "check" },
  failed: { tone: "critical", icon: "alert" },
  cancelled: { tone: "neutral", icon: "minus" },
};

/** What a task is called. */
export function taskName(t: ClientTranslator, { kind, input }: Pick<TaskShown, "kind" | "input">): string {
  if (kind === "archive") return t("tasks.kind.archive");
  if (kind === "import") return t("tasks.kind.import");
  if (!("request" in input)) return t("tasks.kind.trial");
  return t("tasks.kind.report", {
    template: t(`reports.template.${input.request.template}`),
    format: t(`reports.form.${input.as}`),
  });
}

/** One task: how far it is, what came of it, and what there is to do about it. */
export function TaskItem({ task }: { task: TaskShown }) {
  const t = useTranslator();
  const locale = useLocale();
  const f = format(locale);
  const { id, portfolio, state, done, total, file, error } = task;
  const name = taskName(t, task);
  const of = pick(portfolio.name, locale);
  const open = state === "waiting" || state === "running";
  return (
    <li className="grid gap-1 border-t border-line py-4 first:border-t-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-lg">{name}</h2>
        <Badge {...looks[state]}>{t(`tasks.state.${state}`)}</Badge>
      </div>
      <p className="text-sm text-muted">
        <span lang={of.lang}>{of.text}</span> · {t("tasks.asked", { at: f.moment(task.createdAt) })}
        {task.keptUntil && ` · ${t("tasks.kept", { date: f.day(task.keptUntil) })}`}
      </p>
      {state === "running" && (
        <div className="flex max-w-md items-center gap-3">
          <progress
            className="h-2 w-full appearance-none overflow-hidden rounded-full border border-control bg-surface [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-surface [&::-webkit-progress-value]:bg-accent"
            aria-label={t("tasks.progressOf", { name })}
            max={total || 1}
            {...(total > 0 && { value: done })}
          />
          {total > 0 && (
            <span className="text-sm whitespace-nowrap tabular-nums">
              {t("tasks.progress", { percent: f.percent(Math.floor((100 * done) / total) / 100) })}
            </span>
          )}
        </div>
      )}
      {state === "failed" && error && <p className="text-critical">{t.dynamic(error)}</p>}
      {state === "done" && !file && <p>{t(task.kind === "import" ? "tasks.imported" : "tasks.mailed")}</p>}
      {"importId" in task.input && (
        <p>
          <Link
            href={`/${portfolio.id}/import/${task.input.importId}`}
            prefetch={false}
            className="inline-block min-h-6"
          >
            {t("tasks.kind.import")}
          </Link>
        </p>
      )}
      <div className="mt-1 flex flex-wrap gap-2 empty:hidden print:hidden">
        {file && (
          <a
            href={`/${portfolio.id}/tasks/${id}/download`}
            download={file.name}
            className={buttonClass({ variant: "primary" })}
          >
            <Icon name="download" />
            {t("tasks.download", { size: sizeOf(t, f.number, file.bytes) })}
            <span className="sr-only">: {name}</span>
          </a>
        )}
        {open && (
          <ActButton
            icon="close"
            label={t("tasks.cancel")}
            of={name}
            act={() => cancelTask({ id })}
            done={t("tasks.cancelled")}
          />
        )}
      </div>
    </li>
  );
}

/** In whole numbers: browsers have no Lao decimals. */
function sizeOf(t: ClientTranslator, number: (value: number) => string, bytes: number): string {
  if (bytes < 1_000_000) return t("tasks.size.kilo", { number: number(Math.ceil(bytes / 1000)) });
  return t("tasks.size.mega", { number: number(Math.ceil(bytes / 1_000_000)) });
}
