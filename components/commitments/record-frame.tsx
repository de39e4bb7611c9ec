"use client";
import { useRouter } from "next/navigation";
import {
  type ComponentType,
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useTransition,
} from "react";
import type { FormData, FormName } from "#components/commitments/forms.ts";
import { LeaveGuard } from "#components/commitments/leave-guard.tsx";
import { LiveUpdates } from "#components/commitments/live-updates.tsx";
import { loadForm } from "#components/commitments/load-form.ts";
import { showToast } from "#components/ui/toast.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** What a form of a record gets. */
export type FormProps = { data: FormData };

type Opened = { name: FormName; Form: ComponentType<FormProps>; data: FormData };

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
  const [asking, setAsking] = useState<(() => void) | null>(null);
  const [, startTransition] = useTransition();
  const dirty = useRef(false);
  const own = useRef(version);
  const latest = useRef<FormName | null>(null);

  async function load(name: FormName) {
    latest.current = name;
    setLoading(name);
    try {
      const next = await loadForm(base, name);
      if (latest.current !== name) return;
      dirty.current = false;
      own.current = Math.max(own.current, next.data.record.version);
      setOpened({ name, ...next });
    } catch {
      showToast(t("commitments.edit.notLoaded"), "critical");
    } finally {
      if (latest.current === name) setLoading(null);
    }
  }

  const setDirty = useCallback((value: boolean) => {
    dirty.current = value;
  }, []);

  /** Does it now, or after the person agreed to lose what they typed. */
  function guarded(act: () => void) {
    if (dirty.current) setAsking(() => act);
    else act();
  }

  function leave(name: FormName) {
    dirty.current = false;
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
      dirty.current = false;
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
      <LeaveGuard
        dirty={dirty}
        guarded={guarded}
        asking={asking !== null}
        onStay={() => setAsking(null)}
        onLeave={() => {
          dirty.current = false;
          setAsking(null);
          asking?.();
        }}
      />
    </FrameContext>
  );
}
