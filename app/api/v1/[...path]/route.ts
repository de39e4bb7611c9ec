import { answer } from "#lib/api/answer.ts";

export const dynamic = "force-dynamic";

/** All of the API: what there is stands in lib/api/operations.ts. */
export { answer as GET, answer as POST, answer as PUT, answer as PATCH, answer as DELETE };
