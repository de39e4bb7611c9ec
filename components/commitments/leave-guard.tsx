"use client";
import { useRouter } from "next/navigation";
import { type RefObject, useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

type Props = {
  /** Whether something is not saved. */
  dirty: RefObject<boolean>;
  /** Does something now, or once the person has agreed to lose what is not saved. */
  guarded: (act: () => void) => void;
  asking: boolean;
  onStay: () => void;
  onLeave: () => void;
};

/** Nobody loses what they typed without being asked: not by closing the tab, nor by a link. */
export function LeaveGuard({ dirty, guarded, asking, onStay, onLeave }: Props) {
  const t = useTranslator();
  const router = useRouter();
  const latest = useRef(guarded);
  useEffect(() => {
    latest.current = guarded;
  });
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
      latest.current(() =>
        origin === location.origin ? router.push(pathname + search + hash) : location.assign(href),
      );
    };
    window.addEventListener("beforeunload", onUnload);
    window.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      window.removeEventListener("click", onClick, true);
    };
  }, [dirty, router]);

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
