"use client";
import { useState } from "react";
import type { PartProps } from "#components/register/part.ts";
import { keysOff } from "#components/register/use-keys.ts";
import { Checkbox } from "#components/ui/choice.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** The keys, and the way to turn off those that are single letters. */
export default function HelpDialog({ close }: PartProps) {
  const t = useTranslator();
  const [off, setOff] = useState(() => localStorage.getItem(keysOff) !== null);
  const keys: [keys: string[], meaning: string][] = [
    [["↓", "↑", "j", "k"], t("register.help.move")],
    [["Enter"], t("register.help.open")],
    [["x"], t("register.help.select")],
    [["s"], t("register.help.status")],
    [["o"], t("register.help.owner")],
    [["d"], t("register.help.deadline")],
    [["/"], t("register.help.search")],
    [["Ctrl K"], t("register.help.palette")],
    [["?"], t("register.help.help")],
    [["Esc"], t("register.help.escape")],
  ];
  return (
    <Dialog open onClose={close} size="sm" title={t("register.help.title")} closeLabel={t("common.close")}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        {keys.map(([names, meaning]) => (
          <div key={meaning} className="contents">
            <dt className="flex gap-1">
              {names.map((name) => (
                <Kbd key={name}>{name}</Kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-4 border-t border-line pt-3">
        <Checkbox
          label={t("register.help.singleKeys")}
          hint={t("register.help.singleKeysHint")}
          checked={!off}
          onChange={(event) => {
            setOff(!event.target.checked);
            if (event.target.checked) localStorage.removeItem(keysOff);
            else localStorage.setItem(keysOff, "1");
          }}
        />
      </div>
    </Dialog>
  );
}
