import { createHash } from "node:crypto";
import { errorOf } from "#lib/action.ts";
import { Forbidden, NotFound, NotSignedIn } from "#lib/errors.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { type MessageKey, translator } from "#lib/i18n/translator.ts";
import { uploadImport } from "#lib/importing/commands.ts";
import { fileNameOf, readFile } from "#lib/importing/file.ts";
import { mostBytes } from "#lib/importing/limits.ts";
import { may } from "#lib/importing/policy.ts";
import { Unreadable } from "#lib/importing/unreadable.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { currentActor } from "#lib/session.ts";

type Context = { params: Promise<{ portfolio: string }> };

/**
 * Takes a file that is to be imported: the body is the file, `?name=` what it is called. Answers `{id}`, or `{error}` with
 * a message key and `message` in the reader's language.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const t = translator(await requestLocale());
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const portfolio = await findPortfolio(actor, (await params).portfolio);
    if (!portfolio) throw new NotFound();
    if (!may(actor, portfolio.id)) throw new Forbidden();
    const bytes = await bodyOf(request);
    const sheet = await readFile(bytes);
    const fileName = fileNameOf(new URL(request.url).searchParams.get("name"));
    const hash = createHash("sha256").update(bytes).digest();
    const file = { portfolioId: portfolio.id, fileName, fileBytes: bytes.length, hash };
    return Response.json(await uploadImport(actor, { ...file, ...sheet }), { status: 201 });
  } catch (error) {
    if (error instanceof Unreadable) {
      const { key, status, values } = error;
      return Response.json({ error: key, message: t(key as MessageKey, values) }, { status });
    }
    const { key, status } = errorOf(error);
    return Response.json({ error: key, message: t(key as MessageKey) }, { status });
  }
}

/** The body, as far as it may be long. */
async function bodyOf(request: Request): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > mostBytes) throw new Unreadable("tooLarge", { most: mostBytes / 1024 / 1024 });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
