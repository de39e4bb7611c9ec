import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Operation } from "./load.ts";
import { query } from "./stage.ts";

/** The operations, as a browser that is signed in asks for them. */

/** Which records and people the operations are about, and what there has to be in the answers. */
export type Sample = {
  size: number;
  filters: { owner: string; status: string; count: number }[];
  words: { word: string; count: number }[];
  /** References of records that are only read. */
  read: string[];
  /** Records that only the edits touch: every other one those of the app, the rest those of bare SQL. */
  edited: { id: string; version: number; owner: string | null }[];
  people: string[];
};

const inDemo = "FROM commitment WHERE portfolio_id = 'demo'";
/** A rare text (a reference), a common one in each language, typed without diacritics too, and a phrase of two words. */
const typed = ["DEMO-777", "hospital", "thuy loi", "thủy lợi", "ໂຮງໝໍເມືອງ", "border market"];

export async function takeSample(ownerUrl: string, size: number): Promise<Sample> {
  const ask = <R extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
    query<R>(ownerUrl, text, values);
  const found = async (word: string) => {
    const [row] = await ask<{ count: number }>(
      `SELECT count(*)::int ${inDemo} AND fold(concat_ws(' ', reference, title->>'en', title->>'vi', title->>'lo', statement->>'en', statement->>'vi', statement->>'lo')) LIKE ALL ($1)`,
      [
        word.split(" ").map(
          (part) =>
            `%${part
              .normalize("NFD")
              .replace(/[\u0300-\u036f]/g, "")
              .toLowerCase()}%`,
        ),
      ],
    );
    return { word, count: row?.count ?? 0 };
  };
  return {
    size,
    filters: await ask<Sample["filters"][number]>(
      `SELECT owner_id AS owner, completion AS status, count(*)::int ${inDemo} AND owner_id IS NOT NULL AND completion IN ('limited', 'not_reported') GROUP BY 1, 2 ORDER BY 1, 2 LIMIT 40`,
    ),
    words: await Promise.all(typed.map(found)),
    read: (await ask<{ reference: string }>(`SELECT reference ${inDemo} AND number <= 500 ORDER BY number`)).map(
      ({ reference }) => reference,
    ),
    edited: await ask<Sample["edited"][number]>(
      `SELECT id, version, owner_id AS owner ${inDemo} ORDER BY number DESC LIMIT 300`,
    ),
    people: (await ask<{ id: string }>("SELECT id FROM person WHERE demo ORDER BY id LIMIT 2")).map(({ id }) => id),
  };
}

const at = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;

/** How many records an answer names. */
const named = (body: string) => new Set(body.match(/DEMO-\d{3,}/g)).size;

const atLeast = (count: number) => (body: string) =>
  named(body) >= Math.min(count, 50) ? null : `${named(body)} records instead of ${Math.min(count, 50)}`;

export async function operations(url: string, cookie: string, sample: Sample): Promise<Operation[]> {
  const headers = { cookie };
  const register = (query: Record<string, string> = {}) => ({
    path: `/demo/register?${new URLSearchParams(query)}`,
    headers,
  });
  return [
    { name: "register", request: () => register(), wrong: (_, body) => atLeast(50)(body) },
    {
      name: "filtered",
      request: (i) => register({ owner: at(sample.filters, i).owner, status: at(sample.filters, i).status }),
      wrong: (i, body) => atLeast(at(sample.filters, i).count)(body),
    },
    {
      name: "search",
      request: (i) => register({ q: at(sample.words, i).word }),
      wrong: (i, body) => atLeast(at(sample.words, i).count)(body),
    },
    {
      name: "record",
      request: (i) => ({ path: `/demo/commitments/${at(sample.read, i * 37)}`, headers }),
      wrong: (i, body) => (body.includes("<h1") && body.includes(at(sample.read, i * 37)) ? null : "no record"),
    },
    {
      name: "overview",
      request: () => ({ path: "/demo/overview", headers }),
      wrong: (_, body) => (body.includes("overdueOn=") ? null : "no overview"),
    },
    await edit(url, cookie, sample),
    {
      name: "csv",
      request: () => ({ path: "/demo/register/download?as=csv", headers }),
      wrong: (_, body) => (body.split("\n").length > sample.size ? null : `${body.split("\n").length} lines`),
    },
  ];
}

/** Another owner, by the server action of the record's page. Each edit names the version that the one before it made. */
async function edit(url: string, cookie: string, { edited, people }: Sample): Promise<Operation> {
  const { id: action, page } = await actionNamed("assignOwner");
  const free = edited.filter((_, at) => at % 2 === 0);
  const busy = new Map<string, (typeof free)[number]>();
  return {
    name: "edit",
    request: () => {
      const record = free.shift();
      if (!record) throw new Error("more edits at once than records");
      const ownerId = people.find((person) => person !== record.owner) ?? null;
      const body = JSON.stringify([{ id: record.id, version: record.version, ownerId }]);
      busy.set(body, { ...record, owner: ownerId });
      return {
        method: "POST",
        path: page,
        headers: {
          cookie,
          origin: url,
          accept: "text/x-component",
          "content-type": "text/plain;charset=UTF-8",
          "next-action": action,
        },
        body,
      };
    },
    wrong: (_, body) => (body.includes('{"ok":true') ? null : body.slice(0, 300)),
    answered: ({ body = "" }, answer) => {
      const record = busy.get(body);
      const version = Number(/\{"ok":true,"result":\{[^}]*"version":(\d+)/.exec(answer)?.[1]);
      if (!record || !(version > record.version)) throw new Error(`edit: ${answer.slice(0, 300)}`);
      busy.delete(body);
      free.push({ ...record, version });
    },
  };
}

/** The server action's id in the present build, and a page that calls it. */
async function actionNamed(name: string): Promise<{ id: string; page: string }> {
  const file = path.join(process.env.KEPT_DIST || ".next", "server/server-reference-manifest.json");
  const { node }: { node: Record<string, { workers: Record<string, unknown>; exportedName?: string }> } = JSON.parse(
    await readFile(file, "utf8"),
  );
  const [id, found] = Object.entries(node).find(([, { exportedName }]) => exportedName === name) ?? [];
  if (!id || !found) throw new Error(`the build has no server action ${name}`);
  const pages = Object.keys(found.workers).map((page) =>
    page
      .replace(/^app/, "")
      .replace(/\/page$/, "")
      .replace(/\/\([^)]*\)/g, ""),
  );
  const page = pages.find((page) => page.includes("[reference]")) ?? pages[0] ?? "";
  return { id, page: page.replace("[portfolio]", "demo").replace("[reference]", "DEMO-001") };
}
