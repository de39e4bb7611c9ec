"use client";
import { useRouter } from "next/navigation";
import { type RefObject, useEffect, useRef, useState } from "react";
import { type Present, watchRecord } from "#components/commitments/watch-record.ts";
import { Icon } from "#components/ui/icon.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** Milliseconds that an answer to a save may come after the news of it. */
const patience = 1000;

/** Milliseconds that news stays on the page. */
const shownFor = 20_000;

type Props = {
  id: string;
  /** The version that the page shows. */
  version: number;
  /** The newest version that this page's reader made or has seen in a form. */
  own: RefObject<number>;
  /** While a form is open, the page under it stays as it is. */
  editing: boolean;
};

/** Shows what others do to the record while it is open: at once, or, while something is edited, as a notice. */
export function LiveUpdates({ id, version, own, editing }: Props) {
  const t = useTranslator();
  const router = useRouter();
  const [present, setPresent] = useState<Present | null>(null);
  const [notice, setNotice] = useState<{ text: string; editing: boolean } | null>(null);
  const asked = useRef(version);

  useEffect(() => watchRecord(id, setPresent), [id]);

  useEffect(() => {
    if (present === "gone") {
      setNotice({ text: t("commitments.edit.live.gone"), editing });
      return;
    }
    if (!present || present.version <= version) return;
    const name = present.by ?? "";
    if (editing) {
      // What this page saves itself may be told here before it is answered there.
      const timer = setTimeout(() => {
        if (present.version > own.current) setNotice({ text: t("commitments.edit.live.meanwhile", { name }), editing });
      }, patience);
      return () => clearTimeout(timer);
    }
    if (present.version > own.current) setNotice({ text: t("commitments.edit.live.changed", { name }), editing });
    if (present.version <= asked.current) return;
    asked.current = present.version;
    router.refresh();
  }, [present, version, own, editing, router, t]);

  useEffect(() => {
    if (notice === null || notice.editing || present === "gone") return;
    const timer = setTimeout(() => setNotice(null), shownFor);
    return () => clearTimeout(timer);
  }, [notice, present]);

  // What was said of a form goes with it.
  const text = notice?.editing === editing ? notice.text : null;
  return (
    <p
      role="status"
      className={
        text
          ? "sticky top-14 z-10 mb-3 flex items-center gap-2 rounded-md border border-info bg-info-soft px-3 py-1.5 text-info print:hidden"
          : "sr-only"
      }
    >
      {text && <Icon name="info" />}
      {text}
    </p>
  );
}
