import { Badge, type Tone } from "#components/ui/badge.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import type { Translator } from "#lib/i18n/translator.ts";
import type { LetterState } from "#prisma/generated/enums.ts";

const looks: Record<LetterState, { tone: Tone; icon: IconName }> = {
  waiting: { tone: "info", icon: "clock" },
  sent: { tone: "positive", icon: "check" },
  parked: { tone: "critical", icon: "alert" },
  unsent: { tone: "caution", icon: "offline" },
  dropped: { tone: "neutral", icon: "minus" },
};

/** What became of a letter. */
export function LetterBadge({ t, state }: { t: Translator; state: LetterState }) {
  return <Badge {...looks[state]}>{t(`letters.state.${state}`)}</Badge>;
}
