import type { ReactNode } from "react";

/** A key to press. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-5 self-center rounded-sm border border-line bg-sunken px-1 text-center font-sans text-xs text-muted">
      {children}
    </kbd>
  );
}
