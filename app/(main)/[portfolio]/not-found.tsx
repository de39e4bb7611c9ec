import { NotFoundState } from "#components/shell/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";

export default async function NotFoundInPortfolio() {
  return <NotFoundState locale={await requestLocale()} />;
}
