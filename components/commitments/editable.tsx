"use client";
import type { ComponentProps, ReactNode } from "react";
import type { FormName } from "#components/commitments/forms.ts";
import { useFrame } from "#components/commitments/record-frame.tsx";
import { Button } from "#components/ui/button.tsx";
import { MenuButton } from "#components/ui/menu.tsx";
import { MessagesProvider, useLocale } from "#lib/i18n/use-translator.tsx";

type ButtonProps = Omit<ComponentProps<typeof Button>, "form" | "onClick" | "busy"> & { form: FormName };

/** Opens a form of the record. */
export function EditButton({ form, children, ...rest }: ButtonProps) {
  const { show, loading } = useFrame();
  return (
    <Button {...rest} data-edit={form} busy={loading === form} onClick={() => show(form)}>
      {children}
    </Button>
  );
}

type ItemProps = Omit<ComponentProps<typeof MenuButton>, "form" | "onClick"> & { form: FormName; menu: string };

/** The same in the menu with that id, which it closes. */
export function EditMenuItem({ form, menu, children, ...rest }: ItemProps) {
  const { show } = useFrame();
  return (
    <MenuButton {...rest} popoverTarget={menu} popoverTargetAction="hide" onClick={() => show(form)}>
      {children}
    </MenuButton>
  );
}

/** Where a form stands while it is open, in place of `children`. */
export function EditSlot({ form, children }: { form: FormName; children?: ReactNode }) {
  const locale = useLocale();
  const { opened } = useFrame();
  if (opened?.name !== form) return children;
  const { Form, data } = opened;
  return (
    <MessagesProvider locale={locale} messages={data.messages}>
      <Form data={data} />
    </MessagesProvider>
  );
}

type Props = {
  form: FormName;
  id: string;
  title: string;
  /** What the button says: "Edit", "Add". */
  label: string;
  children?: ReactNode;
};

/** A section of the page that is edited in place. */
export function Editable({ form, id, title, label, children }: Props) {
  const { opened } = useFrame();
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <div className="flex min-h-8 items-center justify-between gap-2">
        <h2 id={`${id}-title`} className="text-lg">
          {title}
        </h2>
        {opened?.name !== form && (
          <EditButton form={form} variant="quiet" size="sm" icon={children ? "pencil" : "plus"}>
            {label}
            <span className="sr-only"> {title}</span>
          </EditButton>
        )}
      </div>
      <EditSlot form={form}>{children}</EditSlot>
    </section>
  );
}
