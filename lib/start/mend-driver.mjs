// postgres 3.4.9, the newest, does not survive a connection that is cut while it has something to write: it throws outside
// of any query, which ends the process, or keeps a timer that was cancelled, and never writes on that connection again
// (github.com/porsager/postgres, issues 1066, 1154 and 1208; open pull requests 1168 and 1209). After a restart of the
// database every query could hang. And a query that cannot even be written (too many parameters, one that is undefined) fails
// the one before it and leaves its place in the line: from then on everybody on that connection gets the next one's answer.
// So the files are mended once they are installed; tests/lib/db.test.ts cuts connections, and asks what cannot be asked.
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
    // A query that cannot be written fails alone.
    [
      "sent.length === 0 && write(Sync)\n      errored(error)\n      return true",
      `if (query === q) {
        write(Sync)
        errored(error)
      } else {
        sent.remove(q)
        queryError(q, error)
      }
      return true`,
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

/** Mends the driver in `modules` where it is not mended yet. @throws Error when it is not the version that we know */
export function mendDriver(modules) {
  for (const form of ["src", "cjs/src"]) {
    for (const [name, changes] of Object.entries(mends)) {
      const file = path.join(modules, "postgres", form, name);
      const found = readFileSync(file, "utf8");
      let text = found;
      for (const [before, after] of changes) {
        // An earlier version of ours may have made some of them.
        if (text.includes(after)) continue;
        if (text.split(before).length !== 2) {
          throw new Error(
            `${file} is not that of postgres ${version}: look whether lib/start/mend-driver.mjs is still needed.`,
          );
        }
        text = text.replace(before, () => after);
      }
      if (text === found) continue;
      // In one step, and not into a file that another copy of the project shares.
      writeFileSync(`${file}.${process.pid}`, text);
      renameSync(`${file}.${process.pid}`, file);
    }
  }
}
