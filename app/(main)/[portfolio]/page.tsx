import { redirect } from "next/navigation";

type Props = { params: Promise<{ portfolio: string }> };

/** A portfolio begins with its register. */
export default async function PortfolioPage({ params }: Props) {
  redirect(`/${encodeURIComponent((await params).portfolio)}/register`);
}
