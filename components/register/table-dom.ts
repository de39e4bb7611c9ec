import type { Cell, CellKind } from "#components/register/part.ts";

/** The table as the browser has it: rows, cells and boxes that rows.ts wrote. */

export type RowKeys = {
  move: (step: 1 | -1) => void;
  search: () => void;
  select: (row: HTMLTableRowElement) => void;
  edit: (row: HTMLTableRowElement, kind: CellKind) => void;
  help: () => void;
};

const cells: Record<CellKind, string> = { status: ".c > button", owner: ".o > button", deadline: ".d > button" };

export const rowOf = (element: Element): HTMLTableRowElement | null =>
  element.closest<HTMLTableRowElement>("tr[data-id]");

/** A cell to edit, or null where its column is hidden or the actor may not. The row's link stands for a hidden column. */
export function cellAt(row: HTMLTableRowElement, kind: CellKind): Cell | null {
  const allowed = kind === "owner" ? row.hasAttribute("data-o") : row.hasAttribute("data-u");
  const link = row.querySelector<HTMLElement>(".r a");
  const button = row.querySelector<HTMLElement>(cells[kind]) ?? link;
  const { id } = row.dataset;
  return allowed && id && button ? { id, reference: link?.textContent ?? "", kind, button } : null;
}

/** The button of a cell, in the row as it is now. */
export function buttonOf({ id, kind }: Cell): HTMLElement | null {
  const row = document.querySelector<HTMLTableRowElement>(`.rg tr[data-id="${id}"]`);
  return row && (cellAt(row, kind)?.button ?? row.querySelector<HTMLElement>(".r a"));
}

const rowsIn = (table: HTMLElement | null) => [...(table?.querySelectorAll<HTMLTableRowElement>("tr[data-id]") ?? [])];
const boxOf = (row: Element) => row.querySelector<HTMLInputElement>(".k input");

/** Moves focus to the row above or below: to its link, so that Enter opens it. From elsewhere: to the first or last. */
export function focusRow(table: HTMLElement | null, step: 1 | -1): void {
  const rows = rowsIn(table);
  const here = document.activeElement && rowOf(document.activeElement);
  const at = here ? rows.indexOf(here) : -1;
  const next = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step];
  const link = next?.querySelector<HTMLElement>(".r a");
  link?.focus();
  link?.scrollIntoView({ block: "nearest" });
}

/**
 * A box was clicked (or is to be set to `checked`): the one in the head takes all rows along, one clicked with Shift all
 * from the last one. Gives the id of the row, to go on from.
 */
export function selectRows(
  table: HTMLElement | null,
  box: HTMLInputElement,
  from: string | null,
  checked = box.checked,
): string | null {
  const rows = rowsIn(table);
  const row = rowOf(box);
  box.checked = checked;
  if (!row) {
    for (const each of rows) setBox(each, checked);
    return null;
  }
  const [a, b] = [rows.findIndex((each) => each.dataset.id === from), rows.indexOf(row)];
  if (from !== null && a !== -1)
    for (const each of rows.slice(Math.min(a, b), Math.max(a, b) + 1)) setBox(each, checked);
  const all = table?.querySelector<HTMLInputElement>("[data-all]");
  const count = rows.filter((each) => boxOf(each)?.checked).length;
  if (all) {
    all.checked = count === rows.length;
    all.indeterminate = count > 0 && count < rows.length;
  }
  return row.dataset.id ?? null;
}

function setBox(row: Element, checked: boolean): void {
  const box = boxOf(row);
  if (box) box.checked = checked;
}

export function selectedRows(table: HTMLElement | null): string[] {
  return rowsIn(table).flatMap((row) => (boxOf(row)?.checked && row.dataset.id ? [row.dataset.id] : []));
}
