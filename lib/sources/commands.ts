import { type Changes, type Context, changesBetween, languageChanges } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { boundsOf } from "#lib/commitments/commands.ts";
import { InvalidInput, NotFound, RuleBroken } from "#lib/errors.ts";
import { may } from "#lib/parties/policy.ts";
import { freeKey, lockPortfolio, revise } from "#lib/parties/revising.ts";
import type { Texts } from "#lib/text.ts";
import { Prisma, type Source } from "#prisma/generated/client.ts";
import {
  editSourceInput,
  erratumInput,
  silentInput,
  sourceInput,
  unsilentInput,
  withdrawErratumInput,
} from "./schema.ts";

/** Enters a document with its errata. The document itself is not kept: only what is known of it. */
export const recordSource = command({
  verb: "source.record",
  input: sourceInput,
  locks: true,
  load: (context, { portfolioId }) => lockPortfolio(context, portfolioId),
  allow: (actor, { id }) => may(actor, "record", id),
  run: async ({ tx }, _portfolio, input) => {
    const { errata, inferred, ...own } = input;
    const { portfolioId, key: wanted, ...told } = input;
    const isTaken = async (key: string) => (await tx.source.count({ where: { portfolioId, key } })) > 0;
    const key = wanted ?? (await freeKey(input.label, "source", isTaken));
    if (wanted !== null && (await isTaken(wanted))) throw new RuleBroken("errors.keyTaken");
    const { id } = await tx.source.create({
      data: {
        ...own,
        key,
        dateLatest: boundsOf(own.dateEdtf).latest,
        inferred: inferred ?? undefined,
        errata: { createMany: { data: errata } },
      },
      select: { id: true },
    });
    return {
      changed: [{ type: "source", id, portfolioId, changes: changesBetween({}, { key, ...told }) }],
      result: { id, key },
    };
  },
});

const sources = {
  load: async ({ tx }: Context, id: string) => {
    await tx.$queryRaw`SELECT FROM source WHERE id = ${id}::uuid FOR UPDATE`;
    return tx.source.findUnique({ where: { id } });
  },
  write: ({ tx }: Context, id: string, data: Prisma.SourceUpdateInput) => tx.source.update({ where: { id }, data }),
  subject: ({ id, portfolioId }: Source) => ({ type: "source" as const, id, portfolioId }),
};

/** Changes what is known of a document. Paragraphs on which something rests stay. */
export const editSource = revise(
  sources,
  "source.edit",
  editSourceInput,
  async (context, source, { id: _id, version: _version, label, inferred, ...plain }) => {
    if (plain.paragraphs < source.paragraphs && plain.paragraphs < (await lastInUse(context, source)))
      throw new InvalidInput({ paragraphs: ["errors.paragraphInUse"] });
    const before = Object.fromEntries(Object.keys(plain).map((field) => [field, source[field as keyof typeof plain]]));
    return {
      data: {
        ...plain,
        label,
        inferred: inferred ?? Prisma.DbNull,
        dateLatest: boundsOf(plain.dateEdtf).latest,
      },
      changes: {
        ...languageChanges("label", source.label as Texts, label),
        ...changesBetween(told({ ...before, inferred: source.inferred }), told({ ...plain, inferred })),
      },
    };
  },
  ({ title, label, publisher, dateEdtf, inferred, language, kind, paragraphs }) => ({
    title,
    label,
    publisher,
    dateEdtf,
    inferred,
    language,
    kind,
    paragraphs,
  }),
);

/** The kind by a name of its own: the history knows the kinds of other things, too. */
const told = ({ kind: sourceKind, ...rest }: Record<string, unknown>) => ({ ...rest, sourceKind });

async function lastInUse({ tx }: Context, { id, silent }: Source): Promise<number> {
  const query = { where: { sourceId: id }, _max: { paragraph: true } } as const;
  const found = [
    await tx.citation.aggregate(query),
    await tx.observation.aggregate(query),
    await tx.target.aggregate(query),
    await tx.erratum.aggregate(query),
  ].map(({ _max }) => _max.paragraph ?? 0);
  return Math.max(0, ...found, ...(silent as Silent[]).map(({ paragraph }) => paragraph));
}

type Silent = { paragraph: number; reason: Texts };

/** Says of paragraphs that they promise nothing, and why. Those that something rests on do promise something. */
export const markSilent = revise(
  sources,
  "source.markSilent",
  silentInput,
  async ({ tx }, source, { paragraphs, reason }) => {
    const query = { where: { sourceId: source.id, paragraph: { in: paragraphs } } };
    if (paragraphs.some((paragraph) => paragraph > source.paragraphs)) throw new RuleBroken("errors.noSuchParagraph");
    const used = [
      await tx.citation.count(query),
      await tx.observation.count(query),
      await tx.target.count(query),
      await tx.erratum.count(query),
    ];
    if (used.some((count) => count > 0)) throw new RuleBroken("errors.paragraphUsed");
    return silenced(source, [
      ...(source.silent as Silent[]).filter(({ paragraph }) => !paragraphs.includes(paragraph)),
      ...paragraphs.map((paragraph) => ({ paragraph, reason })),
    ]);
  },
  ({ silent }) => ({ silent }),
);

/** Takes that back. */
export const unmarkSilent = revise(
  sources,
  "source.unmarkSilent",
  unsilentInput,
  async (_context, source, input) =>
    silenced(
      source,
      (source.silent as Silent[]).filter(({ paragraph }) => paragraph !== input.paragraph),
    ),
  ({ silent }) => ({ silent }),
);

/** The new list, with the history of only those paragraphs of which something else is said now. */
function silenced(source: Source, next: Silent[]) {
  const silent = next.sort((a, b) => a.paragraph - b.paragraph);
  const named = (list: Silent[]) => Object.fromEntries(list.map(({ paragraph, reason }) => [paragraph, reason]));
  const differ = changesBetween(named(source.silent as Silent[]), named(silent));
  const side = (at: 0 | 1) =>
    Object.entries(differ).flatMap(([paragraph, sides]) =>
      sides[at] === null ? [] : [{ paragraph: Number(paragraph), reason: sides[at] }],
    );
  const changes: Changes = Object.keys(differ).length === 0 ? {} : { silent: [side(0), side(1)] };
  return { data: { silent }, changes };
}

/** Records a known error of the document, with what is right; the document is left as it is. */
export const recordErratum = revise(
  sources,
  "source.recordErratum",
  erratumInput,
  async ({ tx }, source, { id: sourceId, version: _version, ...claim }) => {
    if (claim.paragraph > source.paragraphs) throw new RuleBroken("errors.noSuchParagraph");
    const isTaken = async (key: string) => (await tx.erratum.count({ where: { sourceId, key } })) > 0;
    const empty = { en: "", vi: "", lo: "" };
    const key = await freeKey(empty, `p${claim.paragraph}`, isTaken);
    await tx.erratum.create({ data: { sourceId, key, ...claim } });
    const silent = silenced(
      source,
      (source.silent as Silent[]).filter(({ paragraph }) => paragraph !== claim.paragraph),
    );
    return { data: silent.data, changes: { erratum: [null, claim], ...silent.changes } };
  },
  ({ paragraphs }) => ({ paragraphs }),
);

/** Takes an erratum back that was none. */
export const withdrawErratum = revise(
  sources,
  "source.withdrawErratum",
  withdrawErratumInput,
  async ({ tx }, { id: sourceId }, { key }) => {
    const erratum = await tx.erratum.findFirst({ where: { sourceId, key } });
    if (!erratum) throw new NotFound();
    await tx.erratum.delete({ where: { id: erratum.id } });
    const { paragraph, wrong, right, explanation } = erratum;
    return { data: {}, changes: { erratum: [{ paragraph, wrong, right, explanation }, null] } };
  },
  ({ paragraphs }) => ({ paragraphs }),
);
