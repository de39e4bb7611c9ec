import type { Texts } from "#lib/text.ts";
import type { Field, Table } from "./table.ts";
import type { Packing } from "./zip.ts";

/** A table's file, as it is in the archive. */
export type Resource = Packing & { table: Table; format: "csv" | "jsonl"; rows: number };

const formats = {
  csv: { mediatype: "text/csv", name: (table: string) => table },
  jsonl: { mediatype: "application/jsonl", name: (table: string) => `${table}-jsonl` },
};

/** The datapackage.json: Data Package 2.0, with a Table Schema for each table. Licences are left to who passes it on. */
export function descriptor(portfolio: { id: string; name: Texts }, resources: readonly Resource[], now: Date): string {
  return `${JSON.stringify(
    {
      $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
      name: portfolio.id,
      title: portfolio.name.en || portfolio.id,
      description: "A register of agreements and commitments with its whole history. See README.txt.",
      created: now.toISOString(),
      version: now.toISOString().slice(0, 10),
      resources: resources.map(({ table, format, rows, path, bytes, sha256 }) => ({
        name: formats[format].name(table.name),
        type: "table",
        path,
        title: table.name,
        description: table.description,
        format,
        mediatype: formats[format].mediatype,
        encoding: "utf-8",
        bytes,
        hash: `sha256:${sha256}`,
        rows,
        schema: schemaOf(table),
      })),
    },
    null,
    2,
  )}\n`;
}

function schemaOf({ fields, key, refers }: Table) {
  return {
    $schema: "https://datapackage.org/profiles/2.0/tableschema.json",
    fields: fields.map((field) => fieldOf(field, key.includes(field.name))),
    missingValues: [""],
    primaryKey: key,
    foreignKeys: Object.entries(refers).map(([field, [resource, named]]) => ({
      fields: [field],
      reference: { resource, fields: [named] },
    })),
  };
}

function fieldOf({ name, type, description, values }: Field, needed: boolean) {
  const constraints = { ...(needed && { required: true }), ...(values && { enum: values }) };
  return {
    name,
    type,
    ...(type === "datetime" && { format: "default" }),
    ...(description && { description }),
    ...(Object.keys(constraints).length > 0 && { constraints }),
  };
}
