import { Tabs } from "#components/ui/tabs.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

type Props = {
  t: Translator;
  portfolio: string;
  current: "overview" | "timeline" | "calendar";
};

/** The head of the three pictures of a register: in numbers, over the years, by month. */
export function PicturesHead({ t, portfolio, current }: Props) {
  return (
    <>
      <h1 className="mb-2 text-2xl">{t(`${current}.title`)}</h1>
      <Tabs
        label={t("overview.pages")}
        tabs={(["overview", "timeline", "calendar"] as const).map((page) => ({
          href: `/${portfolio}/${page}`,
          label: t(`${page}.title`),
          current: page === current,
        }))}
      />
    </>
  );
}
