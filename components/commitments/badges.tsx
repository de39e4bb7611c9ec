import { Badge, type Tone } from "#components/ui/badge.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import type { Schedule } from "#lib/commitments/rules.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { Completion, Confidence, Evidence } from "#prisma/generated/enums.ts";

/** The states of a commitment in a word with its picture. The three statuses look different, as they are never one. */

type Look = { tone?: Tone; icon: IconName };

const completionLooks: Record<Completion, Look> = {
  not_reported: { icon: "circle-dashed" },
  not_started: { icon: "circle" },
  limited: { tone: "info", icon: "circle-quarter" },
  substantial: { tone: "info", icon: "circle-half" },
  complete: { tone: "positive", icon: "check-circle" },
  withdrawn: { icon: "close" },
  superseded: { icon: "minus" },
};

export function CompletionBadge({ t, value }: { t: Translator; value: Completion }) {
  return <Badge {...completionLooks[value]}>{t(`commitments.completion.${value}`)}</Badge>;
}

const evidenceLooks: Record<Evidence, Look> = {
  none: { icon: "minus" },
  reported: { icon: "person" },
  documented: { icon: "file" },
  verified: { tone: "positive", icon: "check" },
};

export function EvidenceBadge({ t, value }: { t: Translator; value: Evidence }) {
  return <Badge {...evidenceLooks[value]}>{t(`commitments.evidence.${value}`)}</Badge>;
}

const scheduleLooks: Record<Schedule, Look> = {
  undated: { icon: "calendar" },
  upcoming: { icon: "calendar" },
  due_soon: { tone: "caution", icon: "clock" },
  overdue: { tone: "critical", icon: "alert" },
  ended: { icon: "minus" },
  done: { tone: "positive", icon: "check" },
};

export function ScheduleBadge({ t, value }: { t: Translator; value: Schedule }) {
  return <Badge {...scheduleLooks[value]}>{t(`commitments.schedule.${value}`)}</Badge>;
}

const confidenceLooks: Record<Confidence, Look> = {
  green: { tone: "positive", icon: "flag" },
  amber: { tone: "caution", icon: "flag" },
  red: { tone: "critical", icon: "flag" },
};

export function ConfidenceBadge({ t, value }: { t: Translator; value: Confidence | null }) {
  if (value === null) return <Badge icon="flag">{t("commitments.confidence.none")}</Badge>;
  return <Badge {...confidenceLooks[value]}>{t(`commitments.confidence.${value}`)}</Badge>;
}
