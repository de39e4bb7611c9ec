import type { Actor } from "#lib/actor.ts";
import { visibleTo } from "#lib/commitments/policy.ts";
import { sql } from "#lib/db.ts";
import { within } from "#lib/portfolios/policy.ts";
import { Direction, MeetingKind, PartyKind, SourceKind } from "#prisma/generated/enums.ts";
import { choice, field, fuzzy, type Table, texts } from "./table.ts";

/** What commitments refer to: who, where, which documents, meetings and figures. */

const ofPortfolio = (actor: Actor, column: string, portfolioId: string) =>
  within(actor, sql.unsafe(column), portfolioId);

const inferred = (is: string) =>
  field("inferred", "object", is, { description: "Why we say so where the text does not: field, language, reason." });

export const catalogueTables: readonly Table[] = [
  {
    name: "portfolio",
    description: "The register itself: one row.",
    fields: [
      field("id", "string", "p.id"),
      ...texts("name", "p.name"),
      field("prefix", "string", "p.prefix", { description: "What its references begin with." }),
      field("demo", "boolean", "p.demo", { description: "True: everything in it is made up." }),
    ],
    key: ["id"],
    refers: {},
    from: (actor, id) => sql`FROM portfolio p WHERE ${ofPortfolio(actor, "p.id", id)}`,
  },
  {
    name: "sectors",
    description: "What commitments are about, with the purpose codes of the OECD's Development Assistance Committee.",
    fields: [
      field("id", "string", "s.id"),
      ...texts("name", "s.name"),
      field("dac", "array", "s.dac"),
      field("position", "integer", "s.position"),
    ],
    key: ["id"],
    refers: {},
    from: () => sql`FROM sector s ORDER BY s.position, s.id`,
  },
  {
    name: "parties",
    description: "Whoever promises or is promised something: states, ministries, provinces, companies.",
    fields: [
      field("id", "string", "p.id"),
      choice("kind", "p.kind", PartyKind),
      ...texts("name", "p.name"),
      field("aliases", "array", "p.aliases"),
      field("parent_id", "string", "p.parent_id", { description: "What it is a part of." }),
      field("iso", "string", "p.iso", { description: "ISO 3166 code." }),
      field("side", "string", "p.side", { description: "The country whose side it is on." }),
    ],
    key: ["id"],
    refers: { parent_id: ["parties", "id"] },
    from: () => sql`FROM party p ORDER BY p.id`,
  },
  {
    name: "places",
    description: "Where commitments are carried out and meetings held.",
    fields: [
      field("id", "string", "p.id"),
      ...texts("name", "p.name"),
      field("aliases", "array", "p.aliases"),
      field("iso", "string", "p.iso"),
      field("country", "string", "p.country"),
    ],
    key: ["id"],
    refers: {},
    from: () => sql`FROM place p ORDER BY p.id`,
  },
  {
    name: "people",
    description: "The people of the team whom the other tables name, without their addresses.",
    fields: [
      field("id", "string", "p.id"),
      field("name", "string", "p.name"),
      field("agency_id", "string", "p.agency_id", { description: "The party whose staff they are." }),
    ],
    key: ["id"],
    refers: { agency_id: ["parties", "id"] },
    from: (actor, id) => sql`FROM person p WHERE p.id IN (
      SELECT c.owner_id FROM commitment c WHERE ${visibleTo(actor, id)}
      UNION SELECT r.by_id FROM progress_report r JOIN commitment c ON c.id = r.commitment_id WHERE ${visibleTo(actor, id)}
      UNION SELECT r.by_id FROM deadline_revision r JOIN commitment c ON c.id = r.commitment_id WHERE ${visibleTo(actor, id)})
      ORDER BY p.id`,
  },
  {
    name: "sources",
    description: "The documents that commitments and figures are taken from.",
    fields: [
      field("id", "string", "s.id"),
      field("key", "string", "s.key"),
      field("title", "string", "s.title"),
      ...texts("label", "s.label", "What we call it."),
      field("publisher", "string", "s.publisher"),
      field("date_edtf", "string", "s.date_edtf"),
      field("date_latest", "date", "s.date_latest"),
      inferred("s.inferred"),
      field("language", "string", "s.language"),
      choice("kind", "s.kind", SourceKind),
      field("paragraphs", "integer", "s.paragraphs", { description: "Non-empty lines." }),
      field("silent", "array", "s.silent", { description: "Paragraphs that promise nothing, each with the reason." }),
    ],
    key: ["id"],
    refers: {},
    from: (actor, id) => sql`FROM source s WHERE ${ofPortfolio(actor, "s.portfolio_id", id)} ORDER BY s.key`,
  },
  {
    name: "errata",
    description: "Known errors in sources, with what is right. The source is left as it is.",
    fields: [
      field("id", "string", "e.id"),
      field("source_id", "string", "e.source_id"),
      field("key", "string", "e.key"),
      field("paragraph", "integer", "e.paragraph"),
      ...texts("wrong", "e.wrong"),
      ...texts("right", "e.right"),
      ...texts("explanation", "e.explanation"),
    ],
    key: ["id"],
    refers: { source_id: ["sources", "id"] },
    from: (actor, id) =>
      sql`FROM erratum e JOIN source s ON s.id = e.source_id WHERE ${ofPortfolio(actor, "s.portfolio_id", id)} ORDER BY e.source_id, e.key`,
  },
  {
    name: "meetings",
    description: "Where things are promised, restated and reviewed.",
    fields: [
      field("id", "string", "m.id"),
      field("key", "string", "m.key"),
      choice("kind", "m.kind", MeetingKind),
      ...texts("name", "m.name"),
      ...texts("statement", "m.statement"),
      ...fuzzy("date", "m", ""),
      inferred("m.inferred"),
      field("place_id", "string", "m.place_id"),
    ],
    key: ["id"],
    refers: { place_id: ["places", "id"] },
    from: (actor, id) => sql`FROM meeting m WHERE ${ofPortfolio(actor, "m.portfolio_id", id)} ORDER BY m.key`,
  },
  {
    name: "meeting_parties",
    description: "Who met.",
    fields: [field("meeting_id", "string", "x.meeting_id"), field("party_id", "string", "x.party_id")],
    key: ["meeting_id", "party_id"],
    refers: { meeting_id: ["meetings", "id"], party_id: ["parties", "id"] },
    from: (actor, id) => sql`FROM meeting_party x JOIN meeting m ON m.id = x.meeting_id
      WHERE ${ofPortfolio(actor, "m.portfolio_id", id)} ORDER BY x.meeting_id, x.party_id`,
  },
  {
    name: "indicators",
    description: "What is measured.",
    fields: [
      field("id", "string", "i.id"),
      field("key", "string", "i.key"),
      ...texts("name", "i.name"),
      field("unit", "string", "i.unit"),
      choice("direction", "i.direction", Direction, "Which way is better."),
    ],
    key: ["id"],
    refers: {},
    from: (actor, id) => sql`FROM indicator i WHERE ${ofPortfolio(actor, "i.portfolio_id", id)} ORDER BY i.key`,
  },
  {
    name: "observations",
    description: "Figures, each a claim of a source; two for the same thing are both kept.",
    fields: [
      field("id", "string", "o.id"),
      field("indicator_id", "string", "o.indicator_id"),
      field("value", "number", "o.value"),
      field("qualifier", "string", "o.qualifier", { description: "exact, about, more_than, predicted ..." }),
      field("kind", "string", "o.kind", {
        description: "What the figure covers; those of other kinds are not beside it.",
      }),
      ...fuzzy("date", "o", ""),
      inferred("o.inferred"),
      field("source_id", "string", "o.source_id"),
      field("paragraph", "integer", "o.paragraph"),
      ...texts("note", "o.note"),
    ],
    key: ["id"],
    refers: { indicator_id: ["indicators", "id"], source_id: ["sources", "id"] },
    from: (actor, id) => sql`FROM observation o JOIN indicator i ON i.id = o.indicator_id
      WHERE ${ofPortfolio(actor, "i.portfolio_id", id)} ORDER BY o.indicator_id, o.id`,
  },
];
