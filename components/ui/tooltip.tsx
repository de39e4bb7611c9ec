import { type ReactNode, useId } from "react";

/**
 * A few words that explain what is under the pointer or has focus. Not for anything that must be read. What it explains
 * gets `aria-describedby` through the function.
 */
export function Tooltip({ text, children }: { text: string; children: (describedBy: string) => ReactNode }) {
  const id = useId();
  return (
    <span className="relative inline-flex">
      {children(id)}
      <span id={id} role="tooltip" className="tooltip rounded-sm bg-ink px-2 py-0.5 text-xs font-normal text-canvas">
        {text}
      </span>
    </span>
  );
}
