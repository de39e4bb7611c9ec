"use client";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import type { FieldControl } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { controlClass } from "#components/ui/input.tsx";

export type ComboboxItem = { value: string; label: string; hint?: string };

type Props = {
  control: FieldControl;
  /** The chosen item; null for none. */
  value: ComboboxItem | null;
  onChange: (item: ComboboxItem | null) => void;
  /** What there is to choose from, for what has been typed: given at once, or fetched. */
  load: (typed: string, signal: AbortSignal) => readonly ComboboxItem[] | Promise<readonly ComboboxItem[]>;
  /** Gives the value to a plain form too. */
  name?: string;
  words: { noMatches: string; loading: string; clear: string; failed: string };
  placeholder?: string;
  disabled?: boolean;
};

type State = "closed" | "loading" | "ready" | "failed";

const pause = 120;

/** A text box that finds as one types (ARIA 1.2 combobox with a list). Arrows move, Enter takes, Escape takes back. */
export function Combobox({ control, value, onChange, load, name, words, placeholder, disabled }: Props) {
  const listId = useId();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [state, setState] = useState<State>("closed");
  const [items, setItems] = useState<readonly ComboboxItem[]>([]);
  const [active, setActive] = useState(0);
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  const open = state !== "closed";

  useEffect(() => {
    if (!open) return;
    const aborter = new AbortController();
    const timer = setTimeout(
      async () => {
        try {
          const found = await latest.current(typed ?? "", aborter.signal);
          if (aborter.signal.aborted) return;
          setItems(found);
          setActive(0);
          setState("ready");
        } catch {
          if (!aborter.signal.aborted) setState("failed");
        }
      },
      typed ? pause : 0,
    );
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [open, typed]);

  function close() {
    setState("closed");
    setTyped(null);
  }
  function take(item: ComboboxItem | null) {
    onChange(item);
    close();
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!open) setState("loading");
      else if (items.length > 0) setActive((active + step + items.length) % items.length);
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      const item = items[active];
      if (state === "ready" && item) take(item);
    } else if (event.key === "Escape" && open) {
      // Only the list closes, not the dialog around it.
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }

  const message = {
    closed: null,
    loading: words.loading,
    failed: words.failed,
    ready: items.length ? null : words.noMatches,
  };
  return (
    <div className="relative listbox-anchor">
      <input
        {...control}
        ref={box}
        type="text"
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        aria-activedescendant={open && items[active] ? `${listId}-${active}` : undefined}
        placeholder={placeholder}
        disabled={disabled}
        value={typed ?? value?.label ?? ""}
        onChange={(event) => {
          setTyped(event.target.value);
          setState("loading");
        }}
        onClick={() => open || setState("loading")}
        onKeyDown={onKeyDown}
        onBlur={close}
        className={classNames(controlClass, "pe-8")}
      />
      {name && <input type="hidden" name={name} value={value?.value ?? ""} />}
      {value && !disabled ? (
        <button
          type="button"
          aria-label={words.clear}
          onClick={() => {
            take(null);
            box.current?.focus();
          }}
          className="absolute inset-y-0 end-0 grid w-8 place-items-center text-muted hover:text-ink"
        >
          <Icon name="close" />
        </button>
      ) : (
        <Icon name="chevron-down" className="pointer-events-none absolute inset-y-0 end-2 my-auto text-muted" />
      )}
      {open && (
        <div className="listbox max-h-72 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-overlay">
          <div id={listId} role="listbox" aria-labelledby={control.id} aria-busy={state === "loading"}>
            {items.map((item, index) => (
              <Option
                key={item.value}
                id={`${listId}-${index}`}
                item={item}
                active={index === active}
                chosen={item.value === value?.value}
                onTake={() => take(item)}
              />
            ))}
          </div>
          <p role="status" className={message[state] ? "px-2 py-1 text-muted" : "sr-only"}>
            {message[state]}
          </p>
        </div>
      )}
    </div>
  );
}

type OptionProps = { id: string; item: ComboboxItem; active: boolean; chosen: boolean; onTake: () => void };

function Option({ id, item, active, chosen, onTake }: OptionProps) {
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
      // Before the blur that would close the list.
      onPointerDown={(event) => {
        event.preventDefault();
        onTake();
      }}
      className={classNames(
        "control flex cursor-pointer items-center gap-2 rounded-sm px-2 py-1",
        active && "bg-accent-soft",
      )}
    >
      <span className="min-w-0 flex-1">
        {item.label}
        {item.hint && <span className="block text-sm text-muted">{item.hint}</span>}
      </span>
      {chosen && <Icon name="check" />}
    </div>
  );
}
