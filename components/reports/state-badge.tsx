import { Badge, type Tone } from "#components/ui/badge.tsx";
import type { Translator } from "#lib/i18n/translator.ts";
import type { ReportState } from "#prisma/generated/enums.ts";

const tones: Record<ReportState, Tone> = {
  draft: "neutral",
  in_review: "caution",
  approved: "info",
  issued: "positive",
};

/** Where a report stands on its way. */
export function StateBadge({ t, state }: { t: Translator; state: ReportState }) {
  return <Badge tone={tones[state]}>{t(`issuing.state.${state}`)}</Badge>;
}
