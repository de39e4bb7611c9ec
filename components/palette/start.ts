import type { IconName } from "#components/ui/icon.tsx";
import type { CompiledMessages } from "#lib/i18n/compiled.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { RecordHit } from "#lib/search/schema.ts";

/** Somewhere to go, or something to do by a form that is posted. */
export type Entry = {
  label: string;
  /** The language of the label, where it is not the reader's. */
  lang?: Locale;
  icon: IconName;
  /** The same label in the other languages: it is found by any of them. */
  also: string;
} & ({ href: string } | { post: { to: string; name?: string; value?: string } });

/** What the palette begins with. */
export type PaletteStart = {
  locale: Locale;
  messages: CompiledMessages;
  pages: Entry[];
  actions: Entry[];
  recent: RecordHit[];
};

export type PaletteDialogProps = { portfolio: string; start: PaletteStart; onClose: () => void };

/** @throws a Response that is no success, or what fetch throws */
export async function fetchStart(portfolio: string, recent: readonly string[]): Promise<PaletteStart> {
  const response = await fetch(`/${portfolio}/palette?recent=${recent.join()}`);
  if (!response.ok) throw response;
  return response.json();
}
