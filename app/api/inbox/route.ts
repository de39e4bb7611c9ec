import { errorOf } from "#lib/action.ts";
import { actorOfSession } from "#lib/actor.ts";
import { NotSignedIn } from "#lib/errors.ts";
import { liveAnswer } from "#lib/event-stream.ts";
import { countUnread } from "#lib/reminders/inbox.ts";
import { sessionSecret } from "#lib/session.ts";

export const dynamic = "force-dynamic";

/** Live: how many items of one's inbox are unread. */
export async function GET(request: Request): Promise<Response> {
  const secret = await sessionSecret.read();
  const look = async () => {
    const found = secret ? await actorOfSession(secret, new Date()) : null;
    if (!found?.actor.id) throw new NotSignedIn();
    return { id: found.actor.id, told: JSON.stringify({ unread: await countUnread(found.actor) }) };
  };
  try {
    const { id, told } = await look();
    const current = async () => (await look()).told;
    return liveAnswer({ personId: id, subjectId: id, first: told, current, request });
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
