import type { Day } from "#lib/dates.ts";
import type { Completion, Evidence, Form, Kind, Lifecycle, Locale, Strength } from "#prisma/generated/enums.ts";

/** A row of the register. Texts are in the reader's language where there is one; `lang` says which it is where not. */
export type Row = {
  id: string;
  reference: string;
  version: number;
  form: Form;
  kind: Kind;
  strength: Strength;
  sectorId: string;
  sector: string;
  title: string;
  lang: Locale | null;
  ownerId: string | null;
  owner: string | null;
  ownerAgencyId: string | null;
  completion: Completion;
  evidence: Evidence;
  lifecycle: Lifecycle | null;
  phrase: string | null;
  edtf: string | null;
  latest: Day | null;
  anchorId: string | null;
  /** Names in the order of their roles; one of several roles is there several times. */
  parties: string[];
  updatedAt: string;
};
