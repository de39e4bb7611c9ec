import { redirect } from "next/navigation";

type Props = { params: Promise<{ portfolio: string }> };

/** A portfolio begins with its overview; whoever comes to work begins with the register (app/page.tsx). */
export default async function PortfolioPage({ params }: Props) {
  redirect(`/${encodeURIComponent((await params).portfolio)}/overview`);
}
