"use client";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { dismissToast, type Toast, toastStore } from "#components/ui/toast.ts";

const shownFor = 6000;

/** Where toasts appear: once, in the root layout. Failures stay until somebody closes them. */
export function Toaster({ closeLabel }: { closeLabel: string }) {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.read, toastStore.none);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Shown anew for each message, to lie above a dialog that has opened meanwhile.
    if (toasts.length > 0) place.current?.hidePopover();
    place.current?.showPopover();
  }, [toasts]);
  return (
    <div
      ref={place}
      popover="manual"
      role="status"
      aria-live="polite"
      className="inset-auto end-4 bottom-4 m-0 grid max-w-[calc(100vw-2rem)] justify-items-end gap-2 overflow-visible border-0 bg-transparent p-0 print:hidden"
    >
      {toasts.map((toast) => (
        <Message key={toast.id} toast={toast} closeLabel={closeLabel} />
      ))}
    </div>
  );
}

function Message({ toast, closeLabel }: { toast: Toast; closeLabel: string }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || toast.tone === "critical") return;
    const timer = setTimeout(() => dismissToast(toast.id), shownFor);
    return () => clearTimeout(timer);
  }, [held, toast]);
  return (
    <section
      aria-label={toast.text}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={classNames(
        "flex max-w-md items-start gap-2 rounded-md border bg-raised py-1 ps-3 pe-1 shadow-overlay",
        borders[toast.tone],
      )}
    >
      <Icon
        name={toast.tone === "positive" ? "check-circle" : toast.tone === "critical" ? "alert" : "info"}
        className={classNames("mt-2", inks[toast.tone])}
      />
      <p className="py-1.5">{toast.text}</p>
      <IconButton icon="close" label={closeLabel} onClick={() => dismissToast(toast.id)} />
    </section>
  );
}

const borders = { positive: "border-positive", critical: "border-critical", info: "border-info" };
const inks = { positive: "text-positive", critical: "text-critical", info: "text-info" };
