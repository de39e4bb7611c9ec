"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState, useTransition } from "react";
import type { Cell, PartProps } from "#components/register/part.ts";
import { isPartName, loadPart, type Part, type PartName } from "#components/register/parts.ts";
import {
  buttonOf,
  cellAt,
  focusRow,
  type RowKeys,
  rowOf,
  selectedRows,
  selectRows,
} from "#components/register/table-dom.ts";
import { useKeys } from "#components/register/use-keys.ts";
import { showToast } from "#components/ui/toast.ts";
import { MessagesProvider, useLocale } from "#lib/i18n/use-translator.tsx";

type Props = {
  base: string;
  query: string;
  /** What is searched for now. */
  q: string;
  /** The columns shown, as the address names them. */
  columns: string;
  /** The table: rows.ts wrote it. */
  html: string;
  /** Said when something can't be loaded. */
  failed: string;
  children: ReactNode;
};

/** Rows that were changed here, as they stand since: shown also where the browser comes back to an older page. */
const changedRows = new Map<string, { version: number; columns: string; html: string }>();
const searchPause = 180;

/**
 * The register's live part: one listener for the whole table, which the server has written. What is seldom used is
 * fetched when it is.
 */
export function RegisterTable({ base, query, q, columns, html, failed, children }: Props) {
  const router = useRouter();
  const locale = useLocale();
  const [pending, startTransition] = useTransition();
  const root = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<(Part & { name: PartName }) | null>(null);
  const [cell, setCell] = useState<Cell | null>(null);
  const [bar, setBar] = useState<Part | null>(null);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const lastClicked = useRef<string | null>(null);
  const opener = useRef<Element | null>(null);

  const go = (href: string) => startTransition(() => router.push(href));

  function show(name: PartName, at: Cell | null = null) {
    if (opened?.name === "edit") return;
    opener.current = document.activeElement;
    loadPart(base, name).then(
      (part) => {
        setCell(at);
        setOpened({ ...part, name });
      },
      () => showToast(failed, "critical"),
    );
  }

  function close() {
    setOpened(null);
    // A dialog that is taken away does not give focus back by itself; and the row may be another one since.
    requestAnimationFrame(() => {
      const back = cell ? buttonOf(cell) : opener.current;
      if (back instanceof HTMLElement) back.focus();
    });
  }

  function edit(row: HTMLTableRowElement, kind: Cell["kind"]) {
    const found = cellAt(row, kind);
    if (found) show("edit", found);
  }

  function reselect() {
    const ids = selectedRows(frame.current);
    setSelected(ids);
    if (ids.length > 0 && !bar) loadPart(base, "bulk").then(setBar, () => showToast(failed, "critical"));
  }

  // The server wrote another list: rows that were changed after that are put right, and nothing is selected.
  useLayoutEffect(() => {
    for (const [id, changed] of changedRows) {
      if (changed.columns === columns && html.includes(id)) putRow(frame.current, id, changed);
    }
    setSelected(selectedRows(frame.current));
  }, [html, columns]);

  // What was typed stays while it is being typed; another address, by a link or a step back, is shown in the box.
  useEffect(() => {
    const box = root.current?.querySelector<HTMLInputElement>("input[type=search]");
    if (box && box !== document.activeElement) box.value = q;
  }, [q]);

  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  function search(text: string) {
    clearTimeout(typing.current);
    typing.current = setTimeout(() => {
      const wanted = new URLSearchParams(query);
      if (text.trim() === "") wanted.delete("q");
      else wanted.set("q", text.trim());
      startTransition(() => router.replace(`${base}/register?${wanted}`.replaceAll("%2C", ","), { scroll: false }));
    }, searchPause);
  }

  async function refresh(ids: readonly string[]) {
    const shown = columns && `&columns=${columns}`;
    const answer = await fetch(`${base}/register/rows?ids=${ids.join(",")}${shown}`);
    if (!answer.ok) return router.refresh();
    const { rows }: { rows: { id: string; version: number; html: string }[] } = await answer.json();
    for (const { id, version, html: row } of rows) {
      changedRows.set(id, { version, columns, html: row });
      putRow(frame.current, id, { version, html: row });
    }
    reselect();
  }

  function onClick(event: MouseEvent) {
    if (!(event.target instanceof Element) || event.defaultPrevented) return;
    const box = event.target.closest<HTMLInputElement>(".rg .k input");
    if (box) {
      lastClicked.current = selectRows(frame.current, box, event.shiftKey ? lastClicked.current : null);
      return reselect();
    }
    const button = event.target.closest<HTMLButtonElement>(".rg td > button");
    const row = button && rowOf(button);
    if (row) return edit(row, kinds[button.parentElement?.className ?? ""] ?? "status");
    const link = event.target.closest("a");
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.hasAttribute("download") || link.target) return;
    event.preventDefault();
    if (isPartName(link.dataset.part)) show(link.dataset.part);
    else go(link.pathname + link.search + link.hash);
  }

  function onInput({ target }: Event) {
    if (target instanceof HTMLInputElement && target.type === "search") search(target.value);
  }

  // One listener for all that the server wrote, instead of one for each link and cell.
  const latest = useRef({ onClick, onInput });
  useEffect(() => {
    latest.current = { onClick, onInput };
  });
  useEffect(() => {
    const element = root.current;
    const click = (event: MouseEvent) => latest.current.onClick(event);
    const input = (event: Event) => latest.current.onInput(event);
    element?.addEventListener("click", click);
    element?.addEventListener("input", input);
    return () => {
      element?.removeEventListener("click", click);
      element?.removeEventListener("input", input);
    };
  }, []);

  const keys: RowKeys = {
    move: (step) => focusRow(frame.current, step),
    search: () => root.current?.querySelector<HTMLInputElement>("input[type=search]")?.focus(),
    select: (row) => {
      const box = row.querySelector<HTMLInputElement>(".k input");
      if (box) lastClicked.current = selectRows(frame.current, box, null, !box.checked);
      reselect();
    },
    edit,
    help: () => show("help"),
  };
  useKeys(frame, keys, opened === null);

  const shared: Omit<PartProps, "close"> = {
    base,
    query,
    go,
    refresh,
    cell,
    selected,
    clear: () => {
      for (const each of frame.current?.querySelectorAll<HTMLInputElement>(".k input") ?? []) each.checked = false;
      setSelected([]);
    },
  };
  return (
    <div ref={root}>
      {children}
      <div ref={frame} className="rg-frame" aria-busy={pending} dangerouslySetInnerHTML={{ __html: html }} />
      {bar && selected.length > 0 && (
        <MessagesProvider locale={locale} messages={bar.words}>
          <bar.Part {...shared} close={shared.clear} />
        </MessagesProvider>
      )}
      {opened && (
        <MessagesProvider locale={locale} messages={opened.words}>
          <opened.Part key={cell ? `${cell.id} ${cell.kind}` : opened.name} {...shared} close={close} />
        </MessagesProvider>
      )}
    </div>
  );
}

const kinds: Record<string, Cell["kind"]> = { c: "status", o: "owner", d: "deadline" };

/** Puts a row that the server wrote in the place of the one that is shown, unless that is as new. */
function putRow(table: HTMLElement | null, id: string, { version, html }: { version: number; html: string }): void {
  const row = table?.querySelector<HTMLTableRowElement>(`tr[data-id="${id}"]`);
  if (!row || Number(row.dataset.v) >= version) return;
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const next = holder.content.firstElementChild;
  if (!(next instanceof HTMLTableRowElement)) return;
  const [was, is] = [row, next].map((each) => each.querySelector<HTMLInputElement>(".k input"));
  if (was && is) is.checked = was.checked;
  row.replaceWith(next);
}
