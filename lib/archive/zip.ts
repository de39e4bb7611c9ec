import { createHash } from "node:crypto";
import { constants, crc32, createDeflateRaw } from "node:zlib";
import { Zip, type ZipInputFile } from "fflate";

/** A file of the ZIP, once it is in: how long it is unpacked, and the SHA-256 of that in hex. */
export type Packing = { path: string; bytes: number; sha256: string };

/**
 * A ZIP that is written as it comes about: one file after the other, and of each no more in memory than what is on its way.
 * Packing is zlib's work, in a thread of its own; the format around it is fflate's.
 */
export function startZip(write: (bytes: Uint8Array) => Promise<void>, at: Date) {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    ready.push(bytes);
  });
  const drain = async () => {
    const out = ready;
    ready = [];
    for (const bytes of out) if (bytes.byteLength > 0) await write(bytes);
  };

  async function add(path: string, pieces: AsyncIterable<Uint8Array>): Promise<Packing> {
    const file: ZipInputFile = { filename: path, size: 0, crc: 0, compression: 8, mtime: at };
    zip.add(file);
    const tell = (bytes: Uint8Array<ArrayBuffer>, last: boolean) => file.ondata?.(null, bytes, last);
    const hash = createHash("sha256");
    const deflate = createDeflateRaw({ level: constants.Z_DEFAULT_COMPRESSION });
    const feed = (async () => {
      for await (const piece of pieces) {
        hash.update(piece);
        file.crc = crc32(piece, file.crc);
        file.size += piece.byteLength;
        if (!deflate.write(piece)) await new Promise((resolve) => deflate.once("drain", resolve));
      }
      deflate.end();
    })().catch((error) => void deflate.destroy(error));
    for await (const packed of deflate) {
      tell(packed, false);
      await drain();
    }
    await feed;
    tell(new Uint8Array(), true);
    await drain();
    return { path, bytes: file.size, sha256: hash.digest("hex") };
  }

  return {
    add,
    async end(): Promise<void> {
      zip.end();
      await drain();
    },
  };
}
