/**
 * The path and query that a `Referer` names, for going back to the page that a form was sent from. Whichever host it
 * names, the answer is a path of ours; anything that is no address of a page gives `/`.
 */
export function wayBack(referer: string | null | undefined): string {
  if (!referer || !URL.canParse(referer)) return "/";
  const { protocol, pathname, search } = new URL(referer);
  // Browsers read "//host" and "/\host" as another host.
  if (!/^https?:$/.test(protocol) || /^\/[/\\]/.test(pathname)) return "/";
  return pathname + search;
}
