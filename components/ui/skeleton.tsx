import { classNames } from "#components/ui/class-names.ts";

/** Grey lines where text will be. `label` says so to screen readers. */
export function Skeleton({ label, lines = 3, className }: { label: string; lines?: number; className?: string }) {
  return (
    <div role="status" className={classNames("grid gap-2", className)}>
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <span key={line} aria-hidden="true" className="skeleton h-4 rounded-sm last:w-2/3" />
      ))}
    </div>
  );
}
