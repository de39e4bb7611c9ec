"use client";
import { useRouter } from "next/navigation";
import { type RefObject, useEffect, useRef, useState } from "react";
import { watchRecord } from "#components/commitments/watch-record.ts";
import { Icon } from "#components/ui/icon.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

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
  const [present, setPresent] = useState<{ version: number; by: string | null } | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const asked = useRef(version);

  useEffect(() => watchRecord(id, setPresent), [id]);
  useEffect(() => {
    if (!present || present.version <= version) return;
    const by = present.by ?? "";
    const others = present.version > own.current;
    if (editing) {
      if (others) setNotice(t("commitments.edit.live.meanwhile", { name: by }));
      return;
    }
    if (others) setNotice(t("commitments.edit.live.changed", { name: by }));
    if (present.version <= asked.current) return;
    asked.current = present.version;
    router.refresh();
  }, [present, version, own, editing, router, t]);

  return (
    <p
      role="status"
      className={
        notice
          ? "sticky top-14 z-10 mb-3 flex items-center gap-2 rounded-md border border-info bg-info-soft px-3 py-1.5 text-info print:hidden"
          : "sr-only"
      }
    >
      {notice && <Icon name="info" />}
      {notice}
    </p>
  );
}
