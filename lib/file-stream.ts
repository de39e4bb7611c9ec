/**
 * Pieces that are made while they are sent, as the body of an answer: the next one is asked for when the last one has been
 * taken, so that a slow line does not fill the memory. The first one is waited for: what goes wrong at the start can still
 * be said with a status.
 *
 * Pieces may hold a connection to the database, so they are ended as soon as nobody reads them. Next does not say so of
 * every body: it answers HEAD by calling GET, and drops what it has no use for. Null: there is nobody to read any.
 */
export async function fileStream(
  pieces: AsyncGenerator<Uint8Array | string>,
  request: Request,
): Promise<ReadableStream<Uint8Array> | null> {
  const end = async () => void (await pieces.return(undefined));
  // Before the first piece has been asked for, there is nothing that could fail.
  if (request.method === "HEAD" || request.signal.aborted) {
    await end();
    return null;
  }
  request.signal.addEventListener("abort", () => void end().catch(() => {}), { once: true });
  const first = await pieces.next();
  if (request.signal.aborted) return null;
  const give = (controller: ReadableStreamDefaultController<Uint8Array>, { done, value }: typeof first) => {
    // Pieces that were ended are not the whole file. And a request that is asked for its signal is not collected before
    // its stream, which would silence the signal.
    request.signal.throwIfAborted();
    if (done) controller.close();
    else controller.enqueue(typeof value === "string" ? Buffer.from(value) : value);
  };
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => give(controller, first),
      pull: async (controller) => give(controller, await pieces.next()),
      cancel: end,
    },
    { highWaterMark: 2 },
  );
}
