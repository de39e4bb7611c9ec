"use client";
import type { ComponentProps } from "react";
import { Input } from "#components/ui/input.tsx";

/** Where somebody types the address that they sign in with. Password stores offer to fill it in. */
export function EmailInput(props: ComponentProps<typeof Input>) {
  return (
    <Input
      name="email"
      maxLength={400}
      {...props}
      inputMode="email"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      required
    />
  );
}
