import { readFile } from "node:fs/promises";
import path from "node:path";
import type { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import type { ReportDocument } from "#lib/reports/document.ts";
import { readMarkdown } from "#lib/reports/markdown.ts";

/**
 * Reports as PDF, set by Typst: tagged (PDF/UA-1), with contents and running heads. The fonts come with the app. The
 * same document gives the same bytes, whenever it is set.
 */

type Options = {
  /** The address of the app, which links lead to; null for none. */
  origin: string | null;
  /** Goes into the file as when it was made. */
  at: Date;
};

const folder = path.resolve("lib/reports/print");
const faces = [
  ...["noto-sans/400Regular", "noto-sans/700Bold", "noto-sans/400Regular_Italic", "noto-sans/700Bold_Italic"],
  ...["noto-sans-lao/400Regular", "noto-sans-lao/700Bold"],
];

const kept = globalThis as { keptTypst?: Promise<NodeCompiler> };

/** @throws Error with Typst's own words where the template is wrong: no document can make it so. */
export async function toPdf(document: ReportDocument, { origin, at }: Options): Promise<Buffer> {
  kept.keptTypst ??= open();
  const compiler = await kept.keptTypst;
  compiler.mapShadow(path.join(folder, "report.json"), Buffer.from(JSON.stringify({ ...readable(document), origin })));
  const set = (standard: { pdfStandard?: "ua-1" }) =>
    compiler.pdf(
      { mainFilePath: path.join(folder, "report.typ") },
      { ...standard, creationTimestamp: Math.floor(at.getTime() / 1000) },
    );
  try {
    return set({ pdfStandard: "ua-1" });
  } catch (error) {
    // The standard takes no letter that the fonts lack, and people may write any: those are boxes, and it is not claimed.
    if (!String(error).includes("could not be displayed")) throw error;
    return set({});
  } finally {
    // What it has worked out for one document is of little use for the next.
    compiler.evictCache(0);
  }
}

/** With what the author wrote as a tree: Typst reads no Markdown, and is given nothing that it could take for a command. */
function readable(document: ReportDocument) {
  const sections = document.sections.map((section) => ({
    ...section,
    blocks: section.blocks.map((block) =>
      block.kind === "remark" ? { kind: block.kind, blocks: readMarkdown(block.markdown) } : block,
    ),
  }));
  return { ...document, sections };
}

async function open(): Promise<NodeCompiler> {
  const { NodeCompiler } = await import("@myriaddreamin/typst-ts-node-compiler");
  const fonts = path.resolve("node_modules/@expo-google-fonts");
  const compiler = NodeCompiler.create({
    workspace: folder,
    fontArgs: [{ fontPaths: faces.map((face) => path.join(fonts, face)) }],
  });
  compiler.addSource(path.join(folder, "report.typ"), await readFile(path.join(folder, "report.typ"), "utf8"));
  return compiler;
}
