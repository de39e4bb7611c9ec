// The operations on Kept, as a signed-in browser does them, for the side-by-side measurement that tests/bench/peers.sh runs.
import { readFileSync } from "node:fs";

export const name = "Kept";

const portfolio = "peers";
const open = "not_reported,not_started,limited,substantial";
const completions = ["", "not_started", "limited", "substantial", "not_reported", "complete", "withdrawn"];
const person = (number) => `00000000-0000-4000-8000-a${String(number).padStart(10, "0")}0`;
const recordId = (number) => `00000000-0000-4000-8000-b${String(number).padStart(10, "0")}0`;
const code = (number) => `CMT-${String(number).padStart(6, "0")}`;
const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/g, "d")
    .replace(/Đ/g, "D");
/** Totals stop here, and the page says so. */
const totalCap = 1000;

const named = (body) => new Set(body.match(/CMT-\d{6}/g)).size;
const rows = (count) => (body) => named(body) >= count || `expected ${count} rows, got ${named(body)}`;

/** Ids of server actions, from the build that is served, and the page that calls them. */
function actions(...names) {
  const file = new URL(
    `../../${process.env.KEPT_DIST || ".next"}/server/server-reference-manifest.json`,
    import.meta.url,
  );
  const all = Object.entries(JSON.parse(readFileSync(file, "utf8")).node);
  return names.map((wanted) => all.find(([, { exportedName }]) => exportedName === wanted)[0]);
}

/** An endless walk over the records that updates touch: each visit sets another status, person and date than the last did. */
function walk(pool) {
  let visits = 0;
  return () => {
    const visit = visits++;
    const turn = (visit % pool.length) + Math.floor(visit / pool.length);
    const due = `2027-${String(1 + (turn % 12)).padStart(2, "0")}-${String(1 + (turn % 28)).padStart(2, "0")}`;
    return { number: pool[visit % pool.length], status: 1 + (turn % 3), owner: person(1 + ((turn * 13) % 200)), due };
  };
}

export async function setup({ port, meta }) {
  const origin = `http://127.0.0.1:${port}`;
  const secret = process.env.APP_SECRET;
  const headers = { Cookie: `kept=${secret}` };
  const register = (query) => `/${portfolio}/register?${new URLSearchParams(query)}`;
  const record = (number) => `/${portfolio}/commitments/${code(number)}`;
  const list = register({ status: open, sort: "deadline" });

  // Where the records that updates touch stand now: an edit names the version that it saw.
  const state = new Map();
  for (const number of meta.pool) {
    const answer = await fetch(`${origin}/api/v1/commitments/${code(number)}`, {
      headers: { Authorization: `Bearer kept_${secret}` },
    });
    if (answer.status !== 200) throw new Error(`${code(number)}: ${answer.status} ${await answer.text()}`);
    const { version, owner, deadline } = await answer.json();
    state.set(number, { version, owner: owner?.id, due: deadline.edtf });
  }
  const [reportProgress, assignOwner, reviseDeadline] = actions("reportProgress", "assignOwner", "reviseDeadline");
  const next = walk(meta.pool);
  // Three edits, one for each thing that the other systems' one form sends: status, owner and deadline.
  const update = () => {
    const { number, status, owner, due } = next();
    const known = state.get(number);
    const edit = (action, fields, changes) => ({
      method: "POST",
      path: record(number),
      headers: {
        ...headers,
        Origin: origin,
        Accept: "text/x-component",
        "Content-Type": "text/plain;charset=UTF-8",
        "Next-Action": action,
      },
      body: JSON.stringify([{ id: recordId(number), version: changes ? known.version++ : known.version, ...fields }]),
    });
    const requests = [
      edit(
        reportProgress,
        { completion: completions[status], evidence: "reported", text: `Now ${completions[status]}.` },
        true,
      ),
      edit(assignOwner, { ownerId: owner }, owner !== known.owner),
      edit(reviseDeadline, { phrase: due, edtf: due, anchorId: null, reason: "Agreed anew." }, due !== known.due),
    ];
    Object.assign(known, { owner, due });
    return requests;
  };

  // "1,000+ records", as the page says it.
  const total = (body) => Number(/role="status"[^>]*>([\d,]+)/.exec(body)?.[1]?.replaceAll(",", "") ?? -1);
  const found = (body, { q, df }) =>
    total(body) >= Math.min(df, totalCap) || `${q}: found ${total(body)}, expected ${Math.min(df, totalCap)}`;
  // The words as they are written, and in the next turn as they are typed in a hurry.
  const searches = [...meta.search, ...meta.search.map(({ q, df }) => ({ q: plain(q), df }))];
  const search = (i) => searches[i % searches.length];
  for (const wanted of searches) {
    const answer = await fetch(origin + register({ q: wanted.q }), { headers });
    const verdict = found(await answer.text(), wanted);
    if (verdict !== true) throw new Error(`search: ${verdict}`);
  }

  return {
    cookies: [{ name: "kept", value: secret }],
    page: { path: list, rows: "table tbody tr" },
    ops: {
      list: { op: () => ({ path: list, headers }), check: rows(50) },
      list_deep: {
        op: (i) => ({ path: register({ status: open, sort: "deadline", after: cursor(i) }), headers }),
        check: rows(1),
      },
      filter: {
        op: (i) => {
          const { assignee, status } = meta.filters[i % meta.filters.length];
          return {
            path: register({ owner: person(assignee), status: completions[status], sort: "deadline" }),
            headers,
          };
        },
        check: rows(1),
      },
      search: {
        op: (i) => ({ path: register({ q: search(i).q }), headers }),
        check: (body, i) => found(body, search(i)),
      },
      one: {
        op: (i) => ({ path: record(meta.read[(i * 37) % meta.read.length]), headers }),
        check: (body, i) => body.includes(code(meta.read[(i * 37) % meta.read.length])) || "no record",
      },
      update: { op: update, check: (body) => body.includes('{"ok":true') || body.slice(0, 200) },
      csv: {
        op: () => ({ path: `/${portfolio}/register/download?as=csv`, headers }),
        check: (body) => body.split("\n").length > meta.size || `${body.split("\n").length} lines`,
      },
    },
  };
}

/** A place in the list by deadline, as lib/commitments/cursor.ts writes it. */
function cursor(i) {
  const day = new Date(Date.UTC(2025, 10, 20) + (i % 200) * 86_400_000).toISOString().slice(0, 10);
  return Buffer.from(JSON.stringify(["deadline", [day, "0"]])).toString("base64url");
}
