"use client";
import { type ComponentProps, useState, useSyncExternalStore } from "react";
import { Checkbox } from "#components/ui/choice.tsx";
import { Input } from "#components/ui/input.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

const never = () => () => {};

/**
 * A password, with a box to make it readable. The box comes with the script that it needs. What a form holds is not
 * written into the page.
 */
export function PasswordInput({ defaultValue: _, ...props }: ComponentProps<"input">) {
  const t = useTranslator();
  const [shown, setShown] = useState(false);
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <div className="grid gap-1">
      <Input {...props} type={shown ? "text" : "password"} autoCapitalize="none" autoCorrect="off" spellCheck={false} />
      <div className="min-h-6 text-sm">
        {hydrated && (
          <Checkbox
            label={t("account.showPassword")}
            checked={shown}
            onChange={(event) => setShown(event.target.checked)}
          />
        )}
      </div>
    </div>
  );
}
