import type { Row } from "#lib/commitments/row.ts";
import { mayReport } from "#lib/commitments/rules.ts";
import type { Completion } from "#prisma/generated/enums.ts";

/** A row as the preview has it. */
export type BulkRow = Row & { mayUpdate: boolean; mayAssign: boolean };

/** As the command wants it, and the name of the new owner to show. */
export type BulkChange =
  | { field: "completion"; completion: Completion; text: string }
  | { field: "owner"; ownerId: string | null; name: string | null }
  | { field: "deadline"; phrase: string | null; edtf: string | null; reason: string };

export type Outcome =
  | { is: "changes"; change: BulkChange }
  | { is: "same" }
  | { is: "refused"; why: "notYours" | "closed" };

/** What a change makes of a row. The commands decide again, on the server. */
export function outcomeOf(row: BulkRow, change: BulkChange): Outcome {
  if (!(change.field === "owner" ? row.mayAssign : row.mayUpdate)) return { is: "refused", why: "notYours" };
  switch (change.field) {
    case "completion":
      if (row.completion === change.completion && change.text.trim() === "") return { is: "same" };
      if (!mayReport(row.completion, change.completion)) return { is: "refused", why: "closed" };
      return { is: "changes", change };
    case "owner":
      return row.ownerId === change.ownerId ? { is: "same" } : { is: "changes", change };
    case "deadline":
      return row.phrase === change.phrase && row.edtf === change.edtf && row.anchorId === null
        ? { is: "same" }
        : { is: "changes", change };
  }
}
