import type { Schema } from "./openapi.ts";

/** A schema as people read it: `{ title: Texts, ownerId?: string (uuid) | null }`, a field a line. */
export function notation(schema: Schema, indent = ""): string {
  const { $ref, enum: values, const: only, anyOf, oneOf, allOf, type, format } = schema;
  if (typeof $ref === "string") return $ref.slice($ref.lastIndexOf("/") + 1);
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (only !== undefined) return JSON.stringify(only);
  const several = anyOf ?? oneOf ?? allOf;
  if (Array.isArray(several)) return several.map((each: Schema) => notation(each, indent)).join(" | ");
  if (Array.isArray(type)) return type.join(" | ");
  if (type === "array") return listed((schema.items as Schema | undefined) ?? {}, indent);
  if (type === "object") return fields(schema, indent);
  if (typeof type !== "string") return "any";
  return typeof format === "string" ? `${type} (${format})` : type;
}

function listed(items: Schema, indent: string): string {
  const inner = notation(items, indent);
  return / \| |\n/.test(inner) && !inner.startsWith("{") ? `(${inner})[]` : `${inner}[]`;
}

function fields({ properties = {}, required = [], additionalProperties }: Schema, indent: string): string {
  const deeper = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, each]) => `${deeper}${name}${required.includes(name) ? "" : "?"}: ${notation(each, deeper)}`,
  );
  if (typeof additionalProperties === "object" && additionalProperties !== null)
    lines.push(`${deeper}[name]: ${notation(additionalProperties as Schema, deeper)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent}}`;
}
