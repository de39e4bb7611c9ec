"use client";
import { type ComponentType, useEffect, useRef, useState } from "react";
import type { PaletteProps } from "#components/palette/palette.tsx";
import type { CompiledMessages } from "#lib/i18n/compiled.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { MessagesProvider } from "#lib/i18n/use-translator.tsx";
import type { Role } from "#prisma/generated/enums.ts";

type Loaded = { Palette: ComponentType<PaletteProps>; words: CompiledMessages };

/** Listens for Ctrl-K (⌘-K) and for clicks on `[data-palette-open]`. The palette itself is fetched at first use. */
export function PaletteHost({ base, locale, role }: { base: string; locale: Locale; role: Role }) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [open, setOpen] = useState(false);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    let fetching = false;
    async function show() {
      opener.current = document.activeElement;
      setOpen(true);
      if (fetching) return;
      fetching = true;
      try {
        const [module, answer] = await Promise.all([
          import("#components/palette/palette.tsx"),
          fetch(`${base}/search?words`),
        ]);
        if (!answer.ok) throw new Error(`${answer.status}`);
        setLoaded({ Palette: module.Palette, words: await answer.json() });
      } catch {
        // Without it the search of the register does the same.
        location.assign(`${base}/register#search`);
      }
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      void show();
    };
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("[data-palette-open]") : null;
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void show();
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("click", onClick);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("click", onClick);
    };
  }, [base]);

  if (!loaded || !open) return null;
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => opener.current instanceof HTMLElement && opener.current.focus());
  };
  return (
    <MessagesProvider locale={locale} messages={loaded.words}>
      <loaded.Palette base={base} role={role} close={close} />
    </MessagesProvider>
  );
}
