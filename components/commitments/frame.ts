"use client";
import { type ComponentType, createContext, useContext } from "react";
import type { FormData, FormName } from "#components/commitments/forms.ts";

/** What a form of a record gets. */
export type FormProps = { data: FormData };

/** A form that was fetched, with what it begins with. */
export type Opened = { name: FormName; Form: ComponentType<FormProps>; data: FormData };

export type Frame = {
  /** The address of the record's page. */
  base: string;
  /** The address of the portfolio's records. */
  records: string;
  opened: Opened | null;
  /** The form that is on its way. */
  loading: FormName | null;
  /** Opens a form; asks first if another one has changes that are not saved. */
  show: (name: FormName) => void;
  close: () => void;
  /** A form says whether it holds what is not saved. */
  setDirty: (dirty: boolean) => void;
  /** Saved: shows the record as it is now, and closes the form. */
  saved: (version: number) => void;
};

/** For a form of a record that stands elsewhere than on the record's page, with a frame of its own. */
export const FrameContext = createContext<Frame | null>(null);

/** The frame of the record whose page this is. */
export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (!frame) throw new Error("outside of a RecordFrame");
  return frame;
}
