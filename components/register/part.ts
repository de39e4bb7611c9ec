/** What each part of the register gets that is fetched when it is first used (parts.ts). */
export type PartProps = {
  /** The portfolio's address: "/viet-nam-laos". */
  base: string;
  /** The list's state, as its address has it, without the place in it. */
  query: string;
  /** Leads to another page or list. */
  go: (href: string) => void;
  close: () => void;
  /** Shows the rows as they stand now. */
  refresh: (ids: readonly string[]) => Promise<void>;
  /** The cell that is edited. */
  cell: Cell | null;
  /** The ids of the selected rows, and the way to select none. */
  selected: readonly string[];
  clear: () => void;
};

export type CellKind = "status" | "owner" | "deadline";
export type Cell = { id: string; reference: string; kind: CellKind; button: HTMLElement };
