"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** What a form does with the guard around it. */
type Guarded = {
  /** Says whether something is not saved. */
  setDirty: (dirty: boolean) => void;
  /** Does something now, or once the person has agreed to lose what is not saved. */
  guarded: (act: () => void) => void;
  asking: boolean;
  /** The question, for the page to hold. */
  guard: ReactNode;
};

/** Nobody loses what they typed without being asked: not by closing the tab, nor by a link. */
export function useLeaveGuard(): Guarded {
  const dirty = useRef(false);
  const setDirty = useCallback((value: boolean) => {
    dirty.current = value;
  }, []);
  const [asking, setAsking] = useState<(() => void) | null>(null);
  const guarded = useCallback((act: () => void) => {
    if (dirty.current) setAsking(() => act);
    else act();
  }, []);
  function leave() {
    dirty.current = false;
    setAsking(null);
    asking?.();
  }
  const guard = (
    <LeaveGuard
      dirty={dirty}
      guarded={guarded}
      asking={asking !== null}
      onStay={() => setAsking(null)}
      onLeave={leave}
    />
  );
  return { setDirty, guarded, asking: asking !== null, guard };
}

type Props = Pick<Guarded, "guarded" | "asking"> & {
  dirty: RefObject<boolean>;
  onStay: () => void;
  onLeave: () => void;
};

function LeaveGuard({ dirty, guarded, asking, onStay, onLeave }: Props) {
  const t = useTranslator();
  const router = useRouter();
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => {
      if (dirty.current) event.preventDefault();
    };
    // On the window and while the event comes down: before any link's own handler.
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!dirty.current || !link || !leadsAway(event, link)) return;
      event.preventDefault();
      event.stopPropagation();
      const { href, origin, pathname, search, hash } = link;
      guarded(() => (origin === location.origin ? router.push(pathname + search + hash) : location.assign(href)));
    };
    window.addEventListener("beforeunload", onUnload);
    window.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      window.removeEventListener("click", onClick, true);
    };
  }, [dirty, guarded, router]);

  return (
    <Dialog
      open={asking}
      onClose={onStay}
      size="sm"
      title={t("commitments.edit.leave.title")}
      closeLabel={t("common.close")}
      footer={
        <>
          <Button onClick={onLeave}>{t("commitments.edit.leave.leave")}</Button>
          <Button variant="primary" onClick={onStay}>
            {t("commitments.edit.leave.stay")}
          </Button>
        </>
      }
    >
      <p>{t("commitments.edit.leave.body")}</p>
    </Dialog>
  );
}

/** Whether a click on a link takes this page away: not into a new tab, not to a file, not to a place in the page. */
function leadsAway(event: MouseEvent, link: HTMLAnchorElement): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  if (!link.href || link.hasAttribute("download") || (link.target && link.target !== "_self")) return false;
  return link.pathname + link.search !== location.pathname + location.search || link.hash === "";
}
