import type { ComponentProps } from "react";
import { classNames } from "#components/ui/class-names.ts";

export const controlClass =
  "control w-full min-w-0 rounded-md border border-control bg-surface px-2 py-1 text-base text-ink " +
  "hover:border-ink aria-invalid:border-critical aria-invalid:outline-critical " +
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted [&[readonly]]:bg-sunken";

/** A line of text. Registers with react-hook-form as it is: `<Input {...control} {...register("title")} />`. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input type="text" {...rest} className={classNames(controlClass, className)} />;
}
