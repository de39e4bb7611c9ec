import { z } from "zod";
import { key, name, prose, uuid } from "#lib/text.ts";
import { requestSchema } from "./request.ts";

/** What may be said about a report that is being written. */

/** Letters of a remark, of a comment. */
const longestRemark = 8000;
const longestComment = 4000;

const target = { id: uuid, version: z.int({ error: "errors.choice" }).positive() };
const section = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, "errors.choice");
const title = name(300);
const said = prose(longestComment).refine((text) => text !== "", "errors.text.empty");

export const writeUpInput = z.strictObject({ portfolioId: key, title, request: requestSchema });

/** What is not said stays as it is. Remarks: section → Markdown. */
export const editReportInput = z.strictObject({
  ...target,
  title: title.optional(),
  summary: prose(longestRemark).optional(),
  remarks: z.record(section, prose(longestRemark)).optional(),
});

export const targetInput = z.strictObject(target);
export const sendBackInput = z.strictObject({ ...target, reason: said });
export const copyInput = z.strictObject({ id: uuid });

/** `section` null: of the whole. */
export const commentInput = z.strictObject({ reportId: uuid, section: section.nullable(), text: said });
export const resolveInput = z.strictObject({ ...target, resolved: z.boolean() });
