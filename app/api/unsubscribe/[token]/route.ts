import { errorOf } from "#lib/action.ts";
import { unsubscribe } from "#lib/letters/unsubscribe.ts";
import { requestOrigin } from "#lib/session.ts";

type Context = { params: Promise<{ token: string }> };

const headers = { "Cache-Control": "no-store", "Content-Type": "text/plain; charset=utf-8" };

/** Somebody's browser: it is asked first, for a link that is only looked at must change nothing. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  return new Response(null, { status: 303, headers: { ...headers, Location: pageOf(token) } });
}

/** One click in a mail program (RFC 8058), or the button of the page. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  try {
    await unsubscribe(token, (await requestOrigin()).address);
  } catch (error) {
    const { status, retryAfter } = errorOf(error);
    return new Response(null, {
      status,
      headers: { ...headers, ...(retryAfter && { "Retry-After": `${retryAfter}` }) },
    });
  }
  const page = request.headers.get("accept")?.includes("text/html");
  return page
    ? new Response(null, { status: 303, headers: { ...headers, Location: `${pageOf(token)}?done` } })
    : new Response(null, { status: 200, headers });
}

const pageOf = (token: string) => `/unsubscribe/${encodeURIComponent(token)}`;
