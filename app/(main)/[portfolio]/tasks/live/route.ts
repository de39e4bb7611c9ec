import { errorOf } from "#lib/action.ts";
import { actorOfSession } from "#lib/actor.ts";
import { NotSignedIn } from "#lib/errors.ts";
import { liveAnswer } from "#lib/event-stream.ts";
import { sessionSecret } from "#lib/session.ts";
import { tasksOf } from "#lib/tasks/commands.ts";
import { listTasks } from "#lib/tasks/queries.ts";

export const dynamic = "force-dynamic";

/** Live: what the reader asked for in the background, and how far it is. */
export async function GET(request: Request): Promise<Response> {
  const secret = await sessionSecret.read();
  // Looked up each time: a stream outlives a sign-out, but must not serve it.
  const look = async () => {
    const found = secret ? await actorOfSession(secret, new Date()) : null;
    if (!found?.actor.id) throw new NotSignedIn();
    return { id: found.actor.id, told: JSON.stringify(await listTasks(found.actor)) };
  };
  try {
    const { id, told } = await look();
    const current = async () => (await look()).told;
    return liveAnswer({ personId: id, subjectId: tasksOf(id), first: told, current, request });
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
