"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import type { FormName } from "#components/commitments/forms.ts";
import { type Frame, FrameContext, type Opened } from "#components/commitments/frame.ts";
import { useLeaveGuard } from "#components/commitments/leave-guard.tsx";
import { LiveUpdates } from "#components/commitments/live-updates.tsx";
import { loadForm } from "#components/commitments/load-form.ts";
import { showToast } from "#components/ui/toast.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

type Props = {
  id: string;
  base: string;
  /** The version that the page shows. */
  version: number;
  /** Forms that an address may open: `#report`, `?form=owner`. */
  offered: readonly FormName[];
  children: ReactNode;
};

/** Around the page of a record: one form at a time, what is not saved, and what others do meanwhile. */
export function RecordFrame({ id, base, version, offered, children }: Props) {
  const t = useTranslator();
  const router = useRouter();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [loading, setLoading] = useState<FormName | null>(null);
  const [, startTransition] = useTransition();
  const { setDirty, guarded, guard } = useLeaveGuard();
  const own = useRef(version);
  const latest = useRef<FormName | null>(null);

  async function load(name: FormName) {
    latest.current = name;
    setLoading(name);
    try {
      const next = await loadForm(base, name);
      if (latest.current !== name) return;
      setDirty(false);
      own.current = Math.max(own.current, next.data.record.version);
      setOpened({ name, ...next });
    } catch {
      showToast(t("commitments.edit.notLoaded"), "critical");
    } finally {
      if (latest.current === name) setLoading(null);
    }
  }

  function leave(name: FormName) {
    setDirty(false);
    setOpened(null);
    // The button is there again only after the form has gone.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-edit="${name}"]`)?.focus());
  }

  const frame: Frame = {
    base,
    records: base.slice(0, base.lastIndexOf("/")),
    opened,
    loading,
    show: (name) => guarded(() => void load(name)),
    close: () => opened && guarded(() => leave(opened.name)),
    setDirty,
    saved(next) {
      own.current = Math.max(own.current, next);
      setDirty(false);
      startTransition(() => {
        router.refresh();
        if (opened) leave(opened.name);
      });
    },
  };

  const show = useRef(frame.show);
  useEffect(() => {
    show.current = frame.show;
  });
  useEffect(() => {
    const openAddressed = () => {
      const name = offered.find((form) => location.hash === `#${form}` || location.hash === `#edit-${form}`);
      if (name && (name === "report" || location.hash.startsWith("#edit-"))) show.current(name);
    };
    const openAsked = () => {
      const { pathname, searchParams, hash } = new URL(location.href);
      const name = searchParams.get("form");
      if (name === null) return;
      // Once: the address without it is the page's own, to be shown anew or sent to somebody.
      searchParams.delete("form");
      window.history.replaceState(null, "", `${pathname}${searchParams.size > 0 ? `?${searchParams}` : ""}${hash}`);
      const form = offered.find((each) => each === name);
      if (form) show.current(form);
    };
    openAddressed();
    openAsked();
    window.addEventListener("hashchange", openAddressed);
    return () => window.removeEventListener("hashchange", openAddressed);
  }, [offered]);

  return (
    <FrameContext value={frame}>
      <LiveUpdates id={id} version={version} own={own} editing={opened !== null} />
      {children}
      {guard}
    </FrameContext>
  );
}
