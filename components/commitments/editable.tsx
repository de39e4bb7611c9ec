"use client";
import type { ComponentProps, ReactNode } from "react";
import type { FormName } from "#components/commitments/forms.ts";
import { useFrame } from "#components/commitments/frame.ts";
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
  const { opened, loading, show } = useFrame();
  return (
    <section id={id} aria-labelledby={`${id}-title`} className={children ? undefined : "print:hidden"}>
      <div className="flex min-h-8 items-center justify-between gap-2">
        <h2 id={`${id}-title`} className="text-lg">
          {title}
        </h2>
        {opened?.name !== form && (
          <button
            type="button"
            data-edit={form}
            aria-busy={loading === form}
            onClick={() => show(form)}
            className="control rounded-md px-2 text-sm font-medium text-accent hover:bg-hover aria-busy:cursor-progress print:hidden"
          >
            {label}
            <span className="sr-only"> {title}</span>
          </button>
        )}
      </div>
      <EditSlot form={form}>{children}</EditSlot>
    </section>
  );
}
