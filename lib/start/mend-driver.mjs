// postgres 3.4.9, the newest, does not survive a connection that is cut while it has something to write: it throws outside
// of any query, which ends the process, or keeps a timer that was cancelled, and never writes on that connection again
// (github.com/porsager/postgres, issues 1066, 1154 and 1208; open pull requests 1168 and 1209). After a restart of the
// database every query could hang. So the files are mended once they are installed; tests/lib/db.test.ts cuts connections.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

const version = "3.4.9";

/** [what stands there, what has to]: each occurs once in its file. */
const mends = {
  "connection.js": [
    // A query on a connection that is gone is refused, and the connection goes back among those that can be opened.
    [
      "return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))\n",
      `return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))

    if (!socket || socket.destroyed) {
      const gone = Errors.connection('CONNECTION_CLOSED', options)
      queryError(q, gone)
      setImmediate(() => socket || initial || connection.queue === queues.closed || onclose(connection, gone))
      return false
    }
`,
    ],
    [
      "const x = socket.write(chunk, fn)",
      `if (!socket) {
      chunk = nextWriteTimer = null
      return false
    }
    const x = socket.write(chunk, fn)`,
    ],
    // What was not written yet is not for the next connection, whose timer is another.
    [
      "clearImmediate(nextWriteTimer)\n    if (socket) {",
      "clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    if (socket) {",
    ],
    [
      "clearImmediate(nextWriteTimer)\n    socket.removeListener",
      "clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener",
    ],
    // No query outlives its connection, and no error is taken for the next one's.
    [
      "    if (initial)\n      return reconnect()\n\n    !hadError && (query || sent.length) && error(",
      `    const unanswered = query || sent.length
    if (initial) {
      query = results = errorResponse = null
      result = new Result()
      return reconnect()
    }

    unanswered && error(`,
    ],
    [
      "    closedTime = performance.now()\n    hadError &&",
      "    query = results = errorResponse = null\n    result = new Result()\n    closedTime = performance.now()\n    hadError &&",
    ],
    // Asked by the driver itself: nobody waits for the answer, so nobody would catch its failure.
    ["return fetchArrayTypes()\n", "return fetchArrayTypes().catch(() => {})\n"],
  ],
  "index.js": [
    // Whoever waits for a connection of their own goes on waiting until it is open.
    [
      "queries.length && connect(c, queries.shift())",
      `const next = queries.shift()
    if (next) {
      next.reserve && queries.push(next)
      connect(c, next)
    }`,
    ],
    // A connection that was cut while it was reserved belongs to others when it is given back.
    ["c.reserved.release = true\n", "c.reserved.release = true\n    const own = c.reserved\n"],
    [
      "sql.release = () => {\n      c.reserved = null\n      onopen(c)\n    }",
      "sql.release = () => {\n      if (c.reserved !== own)\n        return\n\n      c.reserved = null\n      onopen(c)\n    }",
    ],
    [
      "    function handler(q) {\n      c.queue === full\n        ? queue.push(q)",
      `    function handler(q) {
      if (c.reserved !== own)
        return q.reject(Errors.connection('CONNECTION_CLOSED', options))

      c.queue === full
        ? queue.push(q)`,
    ],
  ],
};

const mark = "// Mended by Kept.\n";

/** Mends the driver in `modules` where it is not mended yet. @throws Error when it is not the version that we know */
export function mendDriver(modules) {
  for (const form of ["src", "cjs/src"]) {
    for (const [name, changes] of Object.entries(mends)) {
      const file = path.join(modules, "postgres", form, name);
      let text = readFileSync(file, "utf8");
      if (text.startsWith(mark)) continue;
      for (const [before, after] of changes) {
        if (text.split(before).length !== 2) {
          throw new Error(
            `${file} is not that of postgres ${version}: look whether lib/start/mend-driver.mjs is still needed.`,
          );
        }
        text = text.replace(before, () => after);
      }
      // In one step, and not into a file that another copy of the project shares.
      writeFileSync(`${file}.${process.pid}`, mark + text);
      renameSync(`${file}.${process.pid}`, file);
    }
  }
}
