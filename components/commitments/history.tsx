import Link from "next/link";
import { Difference } from "#components/commitments/difference.tsx";
import type { HistoryTold } from "#components/commitments/view.ts";
import { Badge } from "#components/ui/badge.tsx";
import type { HistoryEntry } from "#lib/commitments/history.ts";
import { type MessageKey, type Translator, translateKey } from "#lib/i18n/translator.ts";

/** Who changed what, when: newest first, as differences that can be read. */
export function History({ view }: { view: HistoryTold }) {
  const { t, history, older } = view;
  return (
    <section id="history" aria-labelledby="history-title" className="border-t border-line pt-4">
      <h2 id="history-title" className="py-1 text-lg">
        {t("commitments.field.history")}
      </h2>
      {history.length === 0 ? <p className="text-muted">{t("commitments.history.none")}</p> : null}
      <ol className="grid">
        {history.map((entry) => (
          <Entry key={entry.id} view={view} entry={entry} />
        ))}
      </ol>
      {older && (
        <p className="mt-2 print:hidden">
          <Link href={older} prefetch={false} scroll={false}>
            {t("commitments.history.older")}
          </Link>
        </p>
      )}
    </section>
  );
}

function Entry({ view, entry }: { view: HistoryTold; entry: HistoryEntry }) {
  const { t, f } = view;
  return (
    <li className="grid gap-x-4 gap-y-1 border-t border-line py-2 first:border-t-0 md:grid-cols-[9rem_minmax(0,1fr)]">
      <time dateTime={entry.at} className="text-sm text-muted tabular-nums">
        {f.moment(entry.at)}
      </time>
      <div className="grid gap-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span>
            <strong className="font-semibold">{actorName(t, entry)}</strong> {verbOf(t, entry.verb)}
          </span>
          {entry.batchId && entry.verb !== "commitment.create" && (
            <Badge icon="table" plain>
              {t("commitments.history.batch")}
            </Badge>
          )}
        </p>
        {Object.entries(entry.changes).map(([field, [before, after]]) => (
          <Difference key={field} view={view} field={field} before={before} after={after} />
        ))}
      </div>
    </li>
  );
}

/** Parts of the system act under names of their own. */
export function actorName(
  t: Translator,
  { actorId, actorName: name }: Pick<HistoryEntry, "actorId" | "actorName">,
): string {
  return actorId === null && t.has(`commitments.history.system.${name}` as MessageKey)
    ? translateKey(t, `commitments.history.system.${name}`)
    : name;
}

/** "commitment.assignOwner" in words; a verb without any is a change. */
export function verbOf(t: Translator, verb: string): string {
  const key = `commitments.history.verb.${verb.split(".").at(-1)}`;
  return t.has(key as MessageKey) ? translateKey(t, key) : t("commitments.history.verb.changed");
}
