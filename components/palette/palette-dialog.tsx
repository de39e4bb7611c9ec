"use client";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { groupsOf } from "#components/palette/items.ts";
import { PaletteOption } from "#components/palette/palette-option.tsx";
import type { PaletteDialogProps } from "#components/palette/start.ts";
import { useFound } from "#components/palette/use-found.ts";
import { Icon } from "#components/ui/icon.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { MessagesProvider, useTranslator } from "#lib/i18n/use-translator.tsx";

/** The palette itself, with the words it was given: pages send none for it. */
export function PaletteDialog(props: PaletteDialogProps) {
  return (
    <MessagesProvider locale={props.start.locale} messages={props.start.messages}>
      <OpenPalette {...props} />
    </MessagesProvider>
  );
}

/** A text box over a list (ARIA combobox). Focus stays in the box: arrows move in the list, Enter takes, Escape closes. */
function OpenPalette({ portfolio, start, onClose }: PaletteDialogProps) {
  const t = useTranslator();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState<string | null>(null);
  const { found, state } = useFound(portfolio, typed);
  const groups = useMemo(() => groupsOf({ t, portfolio, start, typed, found }), [t, portfolio, start, typed, found]);
  const items = groups.flatMap(({ items }) => items);
  const at = Math.max(
    0,
    items.findIndex(({ id }) => id === active),
  );
  const current = items[at];
  // Enter before the answer is there waits for it, rather than open what an older answer had found.
  const [waiting, setWaiting] = useState(false);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    if (!waiting || state === "searching") return;
    setWaiting(false);
    if (state === "ready") take(current?.id);
  });

  function take(id: string | undefined) {
    if (id === undefined) return;
    document.getElementById(optionId(id))?.click();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: Math.min(at + 8, items.length - 1),
      PageUp: Math.max(at - 8, 0),
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setActive(items.at(to % items.length)?.id ?? null);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (
        state === "searching" &&
        !(current && start.pages.concat(start.actions).some(({ label }) => label === current.label))
      )
        setWaiting(true);
      else take(current?.id);
    }
  }

  // Both at once: the browser says only later that it has closed, and the key that opens it may come between.
  function close() {
    dialog.current?.close();
    onClose();
  }
  return (
    <dialog
      ref={dialog}
      aria-label={t("palette.title")}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClose={() => dialog.current && onClose()}
      onPointerDown={(event) => event.target === dialog.current && close()}
      className="backdrop mx-auto mt-[max(0.5rem,10dvh)] mb-auto max-h-[calc(100dvh-1rem)] w-[calc(100vw-1rem)] max-w-2xl flex-col overflow-hidden rounded-lg border border-line bg-raised p-0 text-ink shadow-overlay open:flex sm:max-h-[min(36rem,80dvh)]"
    >
      <div className="flex items-center gap-2 border-b border-line px-3 py-2">
        <Icon
          name={state === "searching" ? "spinner" : "search"}
          className={state === "searching" ? "animate-spin text-muted" : "text-muted"}
        />
        <input
          type="text"
          role="combobox"
          aria-label={t("palette.title")}
          aria-expanded={items.length > 0}
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant={current ? optionId(current.id) : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={200}
          placeholder={t("palette.placeholder")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(null);
          }}
          onKeyDown={onKeyDown}
          className="control min-w-0 flex-1 bg-transparent text-lg outline-none"
        />
        <IconButton icon="close" label={t("common.close")} onClick={close} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div id="palette-list" role="listbox" aria-label={t("palette.title")} aria-busy={state === "searching"}>
          {groups.map((group) => (
            <fieldset key={group.id} className="min-w-0 p-1">
              <legend className="float-start w-full px-2 pt-1 text-sm text-muted">{group.label}</legend>
              {group.items.map((item) => (
                <PaletteOption
                  key={item.id}
                  id={optionId(item.id)}
                  item={item}
                  active={item === current}
                  onPoint={() => setActive(item.id)}
                  onTaken={close}
                />
              ))}
            </fieldset>
          ))}
        </div>
        <Status state={state} count={items.length} typed={typed} />
      </div>
      <form id="palette-post" method="post" hidden />
      <p aria-hidden="true" className="hidden gap-4 border-t border-line px-3 py-1.5 text-sm text-muted md:flex">
        <span className="flex gap-1">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> {t("palette.help.move")}
        </span>
        <span className="flex gap-1">
          <Kbd>↵</Kbd> {t("palette.help.open")}
        </span>
        <span className="flex gap-1">
          <Kbd>Esc</Kbd> {t("palette.help.close")}
        </span>
      </p>
    </dialog>
  );
}

const optionId = (id: string) => `palette-${id}`;

type StatusProps = { state: ReturnType<typeof useFound>["state"]; count: number; typed: string };

/** What screen readers hear of the list, and everybody sees when there is none. */
function Status({ state, count, typed }: StatusProps) {
  const t = useTranslator();
  if (state === "sessionOver") {
    return (
      <p role="status" className="px-3 py-3">
        {t("palette.sessionOver")}{" "}
        <a href={`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`}>{t("palette.signIn")}</a>
      </p>
    );
  }
  if (state === "failed") {
    return (
      <p role="status" className="px-3 py-3 text-critical">
        {t("palette.failed")}
      </p>
    );
  }
  const empty = count === 0;
  return (
    <p role="status" className={empty ? "px-3 py-3 text-muted" : "sr-only"}>
      {state === "searching"
        ? empty && t("palette.searching")
        : empty
          ? t("palette.nothing")
          : typed && t("palette.found", { count })}
    </p>
  );
}
