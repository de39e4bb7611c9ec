import { errorOf } from "#lib/action.ts";
import { actorOfSession } from "#lib/actor.ts";
import { getVersion } from "#lib/commitments/record.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { liveAnswer } from "#lib/event-stream.ts";
import { sessionSecret } from "#lib/session.ts";

export const dynamic = "force-dynamic";

/** Live news of one record: its version and who made it. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const secret = await sessionSecret.read();
  // Looked up each time, and outside the request too: a stream outlives a sign-out, but must not serve it.
  const look = async () => {
    const found = secret ? await actorOfSession(secret, new Date()) : null;
    if (!found?.actor.id) throw new NotSignedIn();
    const present = await getVersion(found.actor, id);
    if (present === null) throw new NotFound();
    return { personId: found.actor.id, told: JSON.stringify(present) };
  };
  try {
    const { personId, told } = await look();
    const current = async () => (await look()).told;
    return liveAnswer({ personId, subjectId: id, first: told, current, request });
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
