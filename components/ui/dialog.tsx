"use client";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";

type Props = {
  open: boolean;
  /** Called for Escape, the cross and a click beside the dialog. It stays open until `open` is false. */
  onClose: () => void;
  title: ReactNode;
  closeLabel: string;
  size?: "sm" | "md" | "lg";
  /** The buttons at the end. */
  footer?: ReactNode;
  children: ReactNode;
};

/** The browser's own modal dialog: it keeps focus inside and gives it back at the end. */
export function Dialog({ open, onClose, title, closeLabel, size = "md", footer, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (open && !dialog.current?.open) {
      dialog.current?.showModal();
      // The browser would take the cross.
      body.current?.querySelector<HTMLElement>(firstField)?.focus();
    }
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        // Cancels also bubble up from file inputs inside.
        if (event.target !== dialog.current) return;
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => event.target === dialog.current && onClose()}
      className={classNames(
        "backdrop m-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] flex-col overflow-hidden rounded-lg border border-line bg-raised p-0 text-ink shadow-overlay open:flex",
        sizes[size],
      )}
    >
      {open && (
        <>
          <header className="flex items-start gap-2 border-b border-line py-2 ps-4 pe-2">
            <h2 id={titleId} className="min-w-0 flex-1 py-1 text-lg">
              {title}
            </h2>
            <IconButton icon="close" label={closeLabel} onClick={onClose} />
          </header>
          <div ref={body} className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
            {children}
          </div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">{footer}</footer>
          )}
        </>
      )}
    </dialog>
  );
}

const firstField = "input:not([type=hidden], :disabled), select:enabled, textarea:enabled";

const sizes = { sm: "max-w-md", md: "max-w-xl", lg: "max-w-4xl" };
