import { readdir, readFile, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
const compressible = new Set([".css", ".js", ".json", ".svg", ".txt"]);

/** Writes a gzip and a brotli copy beside every text file of a build's static folder, once, as small as can be. */
export async function compressStatic(folder: string): Promise<void> {
  const files = (await filesOf(folder)).filter((file) => compressible.has(path.extname(file)));
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file);
      if (content.length < 512) return;
      const size = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
      await writeFile(`${file}.br`, await promisify(brotliCompress)(content, { params: size }));
      await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
    }),
  );
}

type Served = { type: string; file: string; encodings: Map<string, string> };

/**
 * Serves `/_next/static/`: files whose names change with their content, so kept by browsers for good. They are few and
 * small, and stay in memory once read. Returns whether the request was one for them.
 */
export async function staticFiles(folder: string) {
  const files = new Map<string, Served>();
  const all = new Set(await filesOf(folder));
  for (const file of all) {
    const type = types[path.extname(file)];
    if (!type) continue;
    const encodings = new Map<string, string>();
    if (all.has(`${file}.br`)) encodings.set("br", `${file}.br`);
    if (all.has(`${file}.gz`)) encodings.set("gzip", `${file}.gz`);
    files.set(`/_next/static/${path.relative(folder, file).replaceAll(path.sep, "/")}`, { type, file, encodings });
  }
  const memory = new Map<string, Promise<Buffer>>();
  const read = (file: string) => {
    const content = memory.get(file) ?? readFile(file);
    memory.set(file, content);
    return content;
  };

  return async (request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> => {
    const found = files.get(decodePath(pathname));
    if (!found || (request.method !== "GET" && request.method !== "HEAD")) {
      response
        .writeHead(404, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" })
        .end("Not found");
      return;
    }
    const accepted = String(request.headers["accept-encoding"] ?? "");
    const [encoding, file] = [...found.encodings].find(([name]) => accepts(accepted, name)) ?? [undefined, found.file];
    const content = await read(file);
    response.setHeader("Content-Type", found.type);
    response.setHeader("Content-Length", content.length);
    response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    if (found.encodings.size > 0) response.setHeader("Vary", "Accept-Encoding");
    if (encoding) response.setHeader("Content-Encoding", encoding);
    response.end(request.method === "HEAD" ? undefined : content);
  };
}

function accepts(header: string, encoding: string): boolean {
  return new RegExp(`(?:^|,)\\s*${encoding}\\s*(?:,|$|;(?!\\s*q=0(?:\\.0*)?\\s*(?:,|$)))`).test(header);
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
