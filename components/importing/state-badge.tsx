import { Badge, type Tone } from "#components/ui/badge.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import type { Translator } from "#lib/i18n/translator.ts";
import type { Act } from "#lib/importing/plan.ts";
import type { ImportShown } from "#lib/importing/shown.ts";

const states: Record<ImportShown["state"], readonly [Tone, IconName]> = {
  uploaded: ["info", "columns"],
  previewed: ["info", "table"],
  done: ["positive", "check-circle"],
  undone: ["neutral", "undo"],
};

/** At which step an import is. */
export function StateBadge({ t, state }: { t: Translator; state: ImportShown["state"] }) {
  const [tone, icon] = states[state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`importing.state.${state}`)}
    </Badge>
  );
}

const outcomes: Record<Act, readonly [Tone, IconName]> = {
  create: ["positive", "plus"],
  change: ["info", "pencil"],
  same: ["neutral", "check"],
  refused: ["critical", "alert"],
};

/** What would happen with a row. */
export function ActBadge({ t, act }: { t: Translator; act: Act }) {
  const [tone, icon] = outcomes[act];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`importing.act.${act}`)}
    </Badge>
  );
}
