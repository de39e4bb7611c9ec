import type { ComponentProps } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { controlClass } from "#components/ui/input.tsx";

/** Several lines of text; grows with what is in it where the browser can. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={3}
      {...rest}
      className={classNames(controlClass, "field-sizing-content max-h-96 py-1.5", className)}
    />
  );
}
