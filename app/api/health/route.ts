import { sql } from "#lib/db.ts";

const patience = 2_000;

/** Whether the app can do its work: 200 when the database answers in time, else 503. Says nothing about why. */
export async function GET(): Promise<Response> {
  const late = new Promise<never>((_, reject) => setTimeout(reject, patience, new Error("late")).unref());
  try {
    await Promise.race([sql`select 1`, late]);
    return Response.json({ status: "ok", database: "ok" });
  } catch {
    return Response.json({ status: "unavailable", database: "unavailable" }, { status: 503 });
  }
}

export const dynamic = "force-dynamic";
