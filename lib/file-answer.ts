/** A file as an answer, with what else its headers say. Its name is ours: letters, figures, hyphens and a full stop. */
export function fileAnswer(
  body: Uint8Array | string | ReadableStream<Uint8Array> | null,
  { type, name }: { type: string; name: string },
  headers: Readonly<Record<string, string>> = {},
): Response {
  const content = body instanceof Uint8Array ? Buffer.from(body) : body;
  return new Response(content, {
    headers: { "Content-Type": type, "Content-Disposition": `attachment; filename="${name}"`, ...headers },
  });
}
