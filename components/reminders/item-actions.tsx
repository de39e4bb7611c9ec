"use client";
import { useRef, useTransition } from "react";
import { wordsOf } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { SnoozeMenu } from "#components/reminders/snooze-menu.tsx";
import { offerUndo } from "#components/reminders/undo.ts";
import { Button } from "#components/ui/button.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionResult } from "#lib/action.ts";
import type { Day } from "#lib/dates.ts";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import { markDone, restore, snoozeItem } from "#lib/reminders/actions.ts";
import type { SnoozeDays } from "#lib/reminders/days.ts";

type Props = {
  /** Null for a list, which can't be put off. */
  commitmentId: string | null;
  /** The item's key. */
  of: string;
  /** How the item is called. */
  what: string;
  days: SnoozeDays;
};

/** Done with, or put off until a day. The item goes, and the focus to the one after it. */
export function ItemActions({ commitmentId, of, what, days }: Props) {
  const t = useTranslator();
  const { shortDate } = format(useLocale());
  const place = useRef<HTMLDivElement>(null);
  const [busy, start] = useTransition();

  function act(
    send: () => Promise<ActionResult<{ ids: string[] }>>,
    { said, snoozed }: { said: string; snoozed: string | null },
  ) {
    const items = [...document.querySelectorAll<HTMLElement>("[data-item]")];
    const at = items.findIndex((item) => item.contains(place.current));
    const next = (items[at + 1] ?? items[at - 1])?.dataset.item;
    start(async () => {
      const result = await keepingSession(send);
      if (!result.ok) return void showToast(wordsOf(t, result.error), "critical");
      const { ids } = result.result;
      offerUndo({ said, undone: t("inbox.undone", { what }), undo: () => restore({ ids, snoozed }) });
      // The row goes with the page's next state.
      requestAnimationFrame(() => {
        const link = next && document.querySelector<HTMLElement>(`[data-item="${next}"] a`);
        if (link) link.focus();
        else document.querySelector<HTMLElement>("main h1")?.focus();
      });
    });
  }

  return (
    <div ref={place} className="flex flex-wrap items-center gap-2 md:justify-end">
      {commitmentId && (
        <SnoozeMenu
          size="sm"
          days={days}
          of={what}
          onPick={(until: Day) =>
            act(() => snoozeItem({ commitmentId, until }), {
              said: t("inbox.snoozeSaid", { what, date: shortDate(until) }),
              snoozed: commitmentId,
            })
          }
        />
      )}
      <Button
        size="sm"
        icon="check"
        busy={busy}
        data-act="done"
        onClick={() =>
          act(() => markDone(commitmentId ? { commitmentId } : { reminderId: of }), {
            said: t("inbox.doneSaid", { what }),
            snoozed: null,
          })
        }
      >
        {t("inbox.done")}
        <span className="sr-only">: {what}</span>
      </Button>
    </div>
  );
}
