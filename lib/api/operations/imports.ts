import { createHash } from "node:crypto";
import { z } from "zod";
import { Forbidden } from "#lib/errors.ts";
import { fileAnswer } from "#lib/file-answer.ts";
import { columns } from "#lib/importing/columns.ts";
import * as commands from "#lib/importing/commands.ts";
import { fileNameOf, readFile } from "#lib/importing/file.ts";
import { mostBytes } from "#lib/importing/limits.ts";
import { differencesOf } from "#lib/importing/plan.ts";
import { may } from "#lib/importing/policy.ts";
import { acts, pageOf, previewCsv } from "#lib/importing/preview.ts";
import { findImport, listImports, previewImport } from "#lib/importing/queries.ts";
import { emptyCsv, workbookOf } from "#lib/importing/template.ts";
import { ImportState } from "#prisma/generated/enums.ts";
import type { Call, Operation, Writing } from "../operation.ts";
import { portfolioParameter } from "../query.ts";
import { shapes } from "../shapes.ts";
import { portfolioOf } from "./views.ts";

/** Bringing records in from a file: sent, mapped, looked at, done, undone. */

const { instant } = shapes;
const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const inPortfolio = { portfolio: portfolioParameter };
const count = z.int().nonnegative();

const listed = {
  id: z.uuid(),
  version: z.int().positive(),
  fileName: z.string(),
  fileBytes: count,
  person: z.string(),
  state: z.enum(ImportState),
  rowCount: count,
  ...{ created: count, changed: count, unchanged: count, refused: count },
  createdAt: instant,
  doneAt: instant.nullable(),
  undoneAt: instant.nullable(),
};

const one = z.strictObject({
  ...listed,
  headings: z.array(z.string()),
  mapping: z.strictObject({ columns: z.array(z.enum(columns).nullable()), clear: z.boolean(), reason: z.string() }),
  sample: z.array(z.array(z.string())),
  batchId: z.uuid().nullable(),
});

const planned = z.strictObject({
  /** For the doing: the same as long as the same would be done. */
  fingerprint: z.string(),
  counts: z.strictObject({ create: count, change: count, same: count, refused: count }),
  /** Rows whose records somebody changed after the file was made, and those of them that lack a tick. */
  newer: count,
  unticked: count,
  pages: count,
  rows: z.array(
    z.strictObject({
      row: count,
      act: z.enum(acts),
      reference: z.string(),
      newer: z.boolean(),
      ticked: z.boolean(),
      changes: z.array(z.strictObject({ column: z.enum(columns), from: z.string(), to: z.string() })),
      problems: z.array(
        z.strictObject({ column: z.enum(columns).nullable(), code: z.string(), value: z.string().optional() }),
      ),
    }),
  ),
});

const ofImport = async (call: Call) => {
  const portfolio = await portfolioOf(call);
  if (portfolio && !may(call.actor, portfolio.id)) throw new Forbidden();
  return portfolio;
};

const versioned = z.strictObject({ version: z.int().positive() });

const step = (name: string, command: Writing["command"]): Writing => ({
  method: "POST",
  path: `/imports/{id}/${name}`,
  least: "manager",
  command,
  output: versioned,
});

export const imports: Record<string, Operation> = {
  "imports.template": {
    method: "GET",
    path: "/imports/template",
    least: "manager",
    query: {
      ...inPortfolio,
      as: z.enum(["xlsx", "csv"], { error: "errors.choice" }).default("xlsx"),
      filled: z.enum(["yes", "no"], { error: "errors.choice" }).default("no"),
    },
    media: [workbook, "text/csv"],
    fetch: async (call) => {
      const portfolio = await ofImport(call);
      if (!portfolio) return null;
      const { actor, query, locale } = call;
      const name = `${portfolio.id}-import.${query.as}`;
      if (query.as === "csv") return fileAnswer(emptyCsv(locale), { type: "text/csv; charset=utf-8", name });
      const bytes = await workbookOf(actor, portfolio.id, { locale, filled: query.filled === "yes" });
      return fileAnswer(new Uint8Array(bytes), { type: workbook, name });
    },
  },
  "imports.list": {
    method: "GET",
    path: "/imports",
    least: "manager",
    query: inPortfolio,
    output: shapes.whole(z.strictObject(listed)),
    give: async (call) => {
      const portfolio = await ofImport(call);
      return portfolio && { data: await listImports(call.actor, portfolio.id) };
    },
  },
  "imports.get": {
    method: "GET",
    path: "/imports/{id}",
    least: "manager",
    query: inPortfolio,
    output: one,
    give: async (call) => {
      const portfolio = await ofImport(call);
      return portfolio && (await findImport(call.actor, portfolio.id, String(call.params.id)));
    },
  },
  "imports.create": {
    method: "POST",
    path: "/imports",
    least: "manager",
    command: commands.uploadImport,
    output: z.strictObject({ id: z.uuid() }),
    creates: "/imports",
    query: { ...inPortfolio, name: z.string().max(400).optional() },
    upload: {
      media: [workbook, "text/csv", "application/octet-stream"],
      most: mostBytes,
      mayRead: (actor, { portfolio }) => may(actor, String(portfolio)),
      read: async (bytes, { portfolio, name }) => ({
        ...(await readFile(bytes)),
        portfolioId: portfolio,
        fileName: fileNameOf((name as string | undefined) ?? null),
        fileBytes: bytes.length,
        hash: createHash("sha256").update(bytes).digest(),
      }),
    },
  },
  "imports.map": {
    method: "PUT",
    path: "/imports/{id}/mapping",
    least: "manager",
    command: commands.mapImport,
    output: versioned,
  },
  "imports.tick": {
    method: "PUT",
    path: "/imports/{id}/ticks",
    least: "manager",
    command: commands.tickRows,
    output: versioned,
  },
  "imports.preview": {
    method: "GET",
    path: "/imports/{id}/preview",
    least: "manager",
    query: {
      ...inPortfolio,
      act: z.enum(acts, { error: "errors.filter" }).optional(),
      page: z
        .string()
        .regex(/^[1-9]\d{0,4}$/, "errors.filter")
        .transform(Number)
        .default(1),
    },
    output: planned,
    give: async (call) => {
      const { actor, params, query, locale } = call;
      const portfolio = await ofImport(call);
      const found = portfolio && (await previewImport(actor, portfolio.id, String(params.id)));
      if (!found) return null;
      const { plan, vocabulary } = found;
      const { act = null, page } = query as { act?: (typeof acts)[number]; page: number };
      const { rows, pages } = pageOf(plan.rows, { act, page });
      return {
        fingerprint: plan.fingerprint,
        counts: plan.counts,
        newer: plan.newer,
        unticked: plan.unticked,
        pages,
        rows: rows.map((row) => ({
          ...{ row: row.row, act: row.act, reference: row.reference, newer: row.newer, ticked: row.ticked },
          changes: row.act === "refused" ? [] : differencesOf(row, locale, vocabulary),
          problems: row.problems.map(({ column, key, value }) => ({
            ...{ column, code: key.replace(/(^|\.)errors\./, "$1") },
            ...(value !== undefined && { value }),
          })),
        })),
      };
    },
  },
  "imports.previewFile": {
    method: "GET",
    path: "/imports/{id}/preview/file",
    least: "manager",
    query: inPortfolio,
    media: ["text/csv"],
    fetch: async (call) => {
      const portfolio = await ofImport(call);
      const found = portfolio && (await previewImport(call.actor, portfolio.id, String(call.params.id)));
      const type = "text/csv; charset=utf-8";
      return found && fileAnswer(previewCsv(found, call.locale), { type, name: "preview.csv" });
    },
  },
  "imports.run": step("run", commands.runImport),
  "imports.undo": step("undo", commands.undoImport),
  "imports.discard": {
    method: "DELETE",
    path: "/imports/{id}",
    least: "manager",
    command: commands.discardImport,
    output: null,
  },
};
