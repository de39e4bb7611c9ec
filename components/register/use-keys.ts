import { type RefObject, useEffect, useRef } from "react";
import { type RowKeys, rowOf } from "#components/register/table-dom.ts";

/** Where a browser keeps that its user wants no single-key shortcuts. */
export const keysOff = "kept-keys-off";

/** The register's keys. In a field they are letters; in the table they move, select and edit. */
export function useKeys(frame: RefObject<HTMLElement | null>, keys: RowKeys, active: boolean): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!active) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        !(event.target instanceof Element)
      )
        return;
      const { target, key } = event;
      if (isField(target)) {
        if (key === "Escape" && target instanceof HTMLInputElement && target.type === "search") target.blur();
        return;
      }
      if (document.querySelector("dialog[open], [popover=auto]:popover-open")) return;
      const row = frame.current?.contains(target) ? rowOf(target) : null;
      const act = actionOf(latest.current, key, row);
      if (!act || (key.length === 1 && localStorage.getItem(keysOff))) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [active, frame]);
}

function actionOf(keys: RowKeys, key: string, row: HTMLTableRowElement | null): (() => void) | null {
  if (key === "j" || (key === "ArrowDown" && row)) return () => keys.move(1);
  if (key === "k" || (key === "ArrowUp" && row)) return () => keys.move(-1);
  if (key === "/") return keys.search;
  if (key === "?") return keys.help;
  if (!row) return null;
  if (key === "x") return () => keys.select(row);
  if (key === "s") return () => keys.edit(row, "status");
  if (key === "o") return () => keys.edit(row, "owner");
  if (key === "d") return () => keys.edit(row, "deadline");
  return null;
}

function isField(target: Element): boolean {
  if (target instanceof HTMLInputElement) return target.type !== "checkbox";
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
