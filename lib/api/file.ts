/** A file as an answer. Its name is ours: letters, figures, hyphens and a full stop. */
export function fileAnswer(
  body: Uint8Array | string | ReadableStream<Uint8Array>,
  { type, name }: { type: string; name: string },
): Response {
  const content = body instanceof Uint8Array ? Buffer.from(body) : body;
  return new Response(content, {
    headers: { "Content-Type": type, "Content-Disposition": `attachment; filename="${name}"` },
  });
}

/** Pieces that are made while they are sent: the next one is asked for when the last one has been taken. */
export function streamOf(pieces: AsyncGenerator<Uint8Array | string>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(typeof value === "string" ? Buffer.from(value) : value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 2 },
  );
}
