import { type ReactNode, useId } from "react";

/** A part of a page of settings: what it is about on the left, what there is to do on the right where there is room. */
export function Section({ title, body, children }: { title: string; body?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-8 gap-y-3 border-t border-line py-6 first-of-type:border-t-0 lg:grid-cols-[minmax(12rem,1fr)_2fr]"
    >
      <div className="grid content-start gap-1">
        <h2 id={id} className="text-lg">
          {title}
        </h2>
        {body && <p className="text-sm text-muted">{body}</p>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
