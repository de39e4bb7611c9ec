import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

type Props = {
  /** Unique in the page: it ties the button to what it opens. */
  id: string;
  /** What the button shows. */
  trigger: ReactNode;
  /** The button's name, where what it shows is not one. */
  label?: string;
  triggerClassName?: string;
  /** Which edge of the button it lines up with. */
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
};

/** A button and what opens under it, by the browser's own popover: Escape or a click elsewhere closes it, no script. */
export function Popover({ id, trigger, label, triggerClassName, align = "start", className, children }: Props) {
  return (
    <>
      <button type="button" popoverTarget={id} aria-label={label} className={triggerClassName}>
        {trigger}
      </button>
      <div
        id={id}
        popover="auto"
        className={classNames(
          "popover max-h-[80dvh] overflow-y-auto rounded-md border border-line bg-raised text-ink shadow-overlay",
          align === "start" ? "popover-start" : "popover-end",
          className,
        )}
      >
        {children}
      </div>
    </>
  );
}
