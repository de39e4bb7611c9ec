"use client";
import type { ComponentProps } from "react";
import { Input } from "#components/ui/input.tsx";

/** Where a code is typed, of an app or of the recovery codes. Phones and password stores offer to fill it in. */
export function CodeInput(props: ComponentProps<typeof Input>) {
  return (
    <Input
      name="code"
      {...props}
      autoComplete="one-time-code"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      maxLength={100}
      required
      className="font-mono"
    />
  );
}
