"use client";
import { useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

type Section = { id: string; title: string; chosen: boolean };

/**
 * Which sections a report has, and in which order: the form sends those that are ticked, from top to bottom. Without a
 * script they can be chosen but not moved. Needs the messages of "reports.order".
 */
export function SectionOrder({ sections }: { sections: readonly Section[] }) {
  const t = useTranslator();
  const [order, setOrder] = useState(sections);
  const [said, setSaid] = useState("");
  function move(from: number, to: number) {
    const moved = order[from];
    if (!moved) return;
    setOrder(order.toSpliced(from, 1).toSpliced(to, 0, moved));
    setSaid(t("reports.order.moved", { section: moved.title, place: to + 1 }));
  }
  return (
    <>
      <ol className="grid gap-1">
        {order.map(({ id, title, chosen }, at) => (
          <li key={id} className="flex items-center gap-1">
            <label className="me-auto flex min-h-11 items-center gap-2 sm:min-h-8">
              <input
                type="checkbox"
                name="section"
                value={id}
                defaultChecked={chosen}
                className="size-4 flex-none accent-accent"
              />
              {title}
            </label>
            <IconButton
              icon="arrow-up"
              disabled={at === 0}
              label={t("reports.order.up", { section: title })}
              onClick={() => move(at, at - 1)}
            />
            <IconButton
              icon="arrow-down"
              disabled={at === order.length - 1}
              label={t("reports.order.down", { section: title })}
              onClick={() => move(at, at + 1)}
            />
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {said}
      </p>
    </>
  );
}
