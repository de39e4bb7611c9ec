"use client";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { fetchJson } from "#components/commitments/load-form.ts";
import { type Entry, entriesOf } from "#components/palette/entries.ts";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import type { Hits } from "#lib/search/hit.ts";
import type { Role } from "#prisma/generated/enums.ts";

export type PaletteProps = { base: string; role: Role; close: () => void };

const pause = 120;
const nothing: Hits = { records: [], people: [], views: [] };

/** Finds any record, person, page, action or saved view as one types (ARIA combobox with a list). */
export function Palette({ base, role, close }: PaletteProps) {
  const t = useTranslator();
  const locale = useLocale();
  const router = useRouter();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const [hits, setHits] = useState<Hits>(nothing);
  const [state, setState] = useState<"ready" | "loading" | "failed">("ready");
  const [active, setActive] = useState(0);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    const q = typed.trim();
    if (q === "") {
      setHits(nothing);
      setState("ready");
      return;
    }
    setState("loading");
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      fetchJson(`${base}/search?q=${encodeURIComponent(q)}`, aborter.signal)
        .then((answer) => answer.json())
        .then(
          (found: Hits) => {
            setHits(found);
            setState("ready");
          },
          () => aborter.signal.aborted || setState("failed"),
        );
    }, pause);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [base, typed]);

  const groups = entriesOf({ t, locale, base, role, typed: typed.trim(), hits });
  const entries = groups.flatMap((group) => group.entries);
  const at = Math.min(active, entries.length - 1);

  function take(entry: Entry | undefined) {
    if (!entry) return;
    close();
    router.push(entry.href);
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && entries.length > 0) {
      event.preventDefault();
      setActive((at + step + entries.length) % entries.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(entries[at]);
    }
  }
  let index = -1;
  return (
    <dialog
      ref={dialog}
      aria-label={t("palette.title")}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onPointerDown={(event) => event.target === dialog.current && close()}
      className="backdrop mx-auto mt-[8dvh] max-h-[80dvh] w-[calc(100vw-2rem)] max-w-2xl flex-col overflow-hidden rounded-lg border border-line bg-raised p-0 text-ink shadow-overlay open:flex"
    >
      <div className="flex items-center gap-2 border-b border-line px-3">
        <Icon
          name={state === "loading" ? "spinner" : "search"}
          className={classNames("text-muted", state === "loading" && "animate-spin")}
        />
        <input
          type="text"
          role="combobox"
          aria-label={t("palette.title")}
          aria-expanded={entries.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={entries[at] ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          placeholder={t("palette.placeholder")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="min-h-12 min-w-0 flex-1 bg-transparent text-lg outline-none"
        />
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t("palette.title")}
        className="min-h-0 flex-1 overflow-y-auto p-1.5"
      >
        {groups.map(
          (group) =>
            group.entries.length > 0 && (
              <div key={group.title} className="mb-1">
                <p aria-hidden="true" className="px-2 pt-1 text-xs font-semibold text-muted">
                  {group.title}
                </p>
                {group.entries.map((entry) => {
                  index += 1;
                  const here = index;
                  return (
                    <Option
                      key={entry.href + entry.label}
                      id={`${id}-${here}`}
                      group={group.title}
                      entry={entry}
                      active={here === at}
                      onTake={() => take(entry)}
                      onHover={() => setActive(here)}
                    />
                  );
                })}
              </div>
            ),
        )}
      </div>
      <p role="status" className={entries.length === 0 || state === "failed" ? "px-4 py-3 text-muted" : "sr-only"}>
        {state === "failed"
          ? t("palette.failed")
          : state === "loading"
            ? ""
            : entries.length === 0
              ? t("palette.nothing", { typed })
              : t("palette.results", { count: entries.length })}
      </p>
    </dialog>
  );
}

type OptionProps = {
  id: string;
  group: string;
  entry: Entry;
  active: boolean;
  onTake: () => void;
  onHover: () => void;
};

function Option({ id, group, entry, active, onTake, onHover }: OptionProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onPointerMove={() => active || onHover()}
      onPointerDown={(event) => {
        event.preventDefault();
        onTake();
      }}
      className={classNames(
        "control flex cursor-pointer items-center gap-2 rounded-sm px-2 py-1",
        active && "bg-accent-soft",
      )}
    >
      <Icon name={entry.icon} className="text-muted" />
      <span className="sr-only">{group}: </span>
      {entry.hint && <span className="flex-none text-sm text-muted tabular-nums">{entry.hint}</span>}
      <span lang={entry.lang ?? undefined} className="min-w-0 flex-1 truncate">
        {entry.label}
      </span>
    </div>
  );
}
