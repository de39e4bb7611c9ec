import type { Known } from "./generate.ts";
import type { UnderAttack } from "./under-attack.ts";

/** What the register has, by the names that inputs give it: ids of records, people, rules; keys of parties, places ... */
export async function knownOf(app: UnderAttack): Promise<Known> {
  const ids = async (table: string, column = "id") =>
    (await app.sql<{ id: string }>(`SELECT ${column}::text AS id FROM ${table} ORDER BY 1 LIMIT 20`)).map(
      ({ id }) => id,
    );
  const people = Object.values(app.people).map(({ id }) => id);
  const commitments = await ids("commitment");
  return {
    id: [
      ...commitments,
      ...people,
      ...(await ids("reminder_rule")),
      ...(await ids("observation")),
      ...(await ids("source")),
    ],
    commitmentId: commitments,
    successorId: commitments,
    parentId: commitments,
    predecessorId: commitments,
    ownerId: people,
    personId: people,
    escalatePersonId: people,
    meetingId: await ids("meeting"),
    anchorId: await ids("meeting"),
    indicatorId: await ids("indicator"),
    sourceId: await ids("source"),
    citationId: await ids("citation"),
    partyId: await ids("party"),
    agencyId: await ids("party"),
    placeId: await ids("place"),
    sectorId: await ids("sector"),
    portfolioId: ["viet-nam-laos"],
    key: await ids("source", "key"),
    version: [1, 2],
    country: ["VN", "LA", "vn", "la"],
    email: ["somebody@kept.example"],
    url: ["https://receiver.example/hook"],
    code: ["000000", "123456"],
    day: ["2026-09-02"],
    currency: ["LAK", "VND", "USD"],
    language: ["en", "vi", "lo"],
    edtf: ["2031", "2026-05", "2026-05-01"],
  };
}
