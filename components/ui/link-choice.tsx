import Link from "next/link";
import { classNames } from "#components/ui/class-names.ts";

type Props = { label: string; choices: readonly { label: string; href: string; current: boolean }[] };

/** A few views of the same, side by side, each with an address of its own. */
export function LinkChoice({ label, choices }: Props) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-x-2">
      <span className="text-sm text-muted">{label}</span>
      <ul className="inline-flex flex-wrap rounded-md border border-control bg-surface p-0.5">
        {choices.map((choice) => (
          <li key={choice.href}>
            <Link
              href={choice.href}
              prefetch={false}
              aria-current={choice.current ? "true" : undefined}
              className={classNames(
                "control inline-flex items-center rounded-sm px-2.5 text-sm font-medium no-underline",
                choice.current ? "bg-accent text-on-accent hover:text-on-accent" : "text-ink hover:bg-hover",
              )}
            >
              {choice.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
