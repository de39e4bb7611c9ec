import { respond } from "#lib/api.ts";
import { NotFound } from "#lib/errors.ts";

export const dynamic = "force-dynamic";

/** Whatever is no endpoint, as a problem and not as a page. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    throw new NotFound();
  });
}
