import type { ReactNode } from "react";
import { Editable } from "#components/commitments/editable.tsx";
import type { FormName } from "#components/commitments/forms.ts";
import type { View } from "#components/commitments/view.ts";

type Props = {
  view: View;
  id: string;
  title: string;
  /** The form that edits it; only offered when `allowed`. */
  form?: FormName;
  allowed?: boolean;
  /** Nothing, where there is nothing to show: then the section is there only for who may add something. */
  children?: ReactNode;
};

/** A section of a record's page: a heading, what there is, and the way to change it. */
export function Section({ view: { t }, id, title, form, allowed, children }: Props) {
  if (form && allowed) {
    return (
      <Editable form={form} id={id} title={title} label={t(children ? "common.edit" : "common.add")}>
        {children}
      </Editable>
    );
  }
  if (!children) return null;
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="py-1 text-lg">
        {title}
      </h2>
      {children}
    </section>
  );
}
