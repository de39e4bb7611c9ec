import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { bearerOf } from "#lib/actor.ts";
import { problemShape, shapes } from "#lib/api/shapes.ts";
import { parseListing, schedules } from "#lib/commitments/filters.ts";
import { publishedCommitment } from "#lib/commitments/published.ts";
import { listCommitments } from "#lib/commitments/queries.ts";
import { publishedIndicator } from "#lib/indicators/published.ts";
import { publishedMeeting } from "#lib/meetings/published.ts";
import { publishedSource } from "#lib/sources/published.ts";
import { teamToday } from "#lib/team-day.ts";
import { Completion, Evidence, Form, Strength } from "#prisma/generated/enums.ts";
import { testDatabase } from "#tests/support/database.ts";
import { query, type SignedIn, signedIn } from "#tests/support/people.ts";
import { askList, askNothing, askOne, bearer, type ListName, listNames as names } from "./ask.ts";

testDatabase({ catalogue: true });

let reader: SignedIn;
let headers: Record<string, string>;
const owner = () => process.env.KEPT_OWNER_URL ?? "";

beforeAll(async () => {
  reader = await signedIn(owner(), "viewer");
  headers = bearer(reader.token);
});

const items = {
  commitments: publishedCommitment,
  indicators: publishedIndicator,
  sources: publishedSource,
  meetings: publishedMeeting,
};

/** All pages of a list, each checked against its shape. */
async function everything(name: ListName, search: string): Promise<{ id: string; reference?: string }[]> {
  const all: { id: string; reference?: string }[] = [];
  let cursor: string | null = null;
  do {
    const response: Response = await askList(name, `${search}${cursor === null ? "" : `&cursor=${cursor}`}`, headers);
    expect(response.status).toBe(200);
    const page = shapes.page<z.ZodType<{ id: string; reference?: string }>>(items[name]).parse(await response.json());
    all.push(...page.data);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}

async function problemOf(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = problemShape.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return problem;
}

describe("who may ask", () => {
  const refused = async (given: Record<string, string>, challenge: string) => {
    for (const answer of [
      ...names.map((name) => askList(name, "", given)),
      askOne("VL-001", given),
      askNothing(given),
    ]) {
      const response = await answer;
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe(challenge);
      expect((await problemOf(response)).code).toBe("notSignedIn");
    }
  };
  const wrong = 'Bearer realm="Kept", error="invalid_token"';

  test("nobody without a token", () => refused({}, 'Bearer realm="Kept"'));
  test("nobody by a browser's session", () => refused({ cookie: reader.cookie }, 'Bearer realm="Kept"'));
  test("nobody with a session's secret for a token", () => refused(bearer(reader.cookie.replace("kept=", "")), wrong));
  test("nobody with a made-up token", () => refused(bearer(`kept_${"a".repeat(43)}`), wrong));
  test("nobody with another scheme", () => refused({ authorization: `Basic ${reader.token}` }, wrong));

  test("not who was disabled, not a token that was revoked or is over", async () => {
    const change = {
      "UPDATE person SET disabled_at = now() WHERE id = $1": await signedIn(owner(), "admin"),
      "UPDATE api_token SET revoked_at = now() WHERE person_id = $1": await signedIn(owner(), "admin"),
      "UPDATE api_token SET expires_at = now() - interval '1 second' WHERE person_id = $1": await signedIn(
        owner(),
        "admin",
      ),
    };
    for (const [statement, { id, token }] of Object.entries(change)) {
      expect((await askList("commitments", "", bearer(token))).status).toBe(200);
      await query(owner(), statement, [id]);
      await refused(bearer(token), wrong);
    }
  });

  test("everybody with a token of their own", async () => {
    for (const role of ["viewer", "editor", "manager", "admin"] as const) {
      const { token } = await signedIn(owner(), role);
      for (const name of names) expect((await askList(name, "", bearer(token))).status).toBe(200);
    }
  });
});

describe("lists", () => {
  test.each(names)("%s: page by page it is the whole, once each", async (name) => {
    const whole = await everything(name, "limit=200");
    expect(whole.length).toBeGreaterThan(3);
    for (const limit of [1, 7, whole.length, whole.length + 1].filter(
      (limit) => limit <= 200 && (limit > 1 || whole.length < 50),
    )) {
      expect((await everything(name, `limit=${limit}`)).map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    }
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
  });

  test.each(names)("%s: of one portfolio", async (name) => {
    const whole = await everything(name, "limit=200");
    expect(await everything(name, "limit=200&portfolio=viet-nam-laos")).toEqual(whole);
    expect(await everything(name, "portfolio=no-such")).toEqual([]);
  });

  test("fifty at a time unless told otherwise", async () => {
    const { data, next } = await (await askList("commitments", "", headers)).json();
    expect(data).toHaveLength(50);
    expect(next).not.toBeNull();
  });

  const searches = [
    ...Object.values(Form).map((form) => `form=${form}`),
    ...Object.values(Completion).map((status) => `status=${status}`),
    ...Object.values(Evidence).map((evidence) => `evidence=${evidence}`),
    ...Object.values(Strength).map((strength) => `strength=${strength}`),
    ...schedules.map((schedule) => `schedule=${schedule}`),
    "owner=nobody",
    "owner=me",
    "form=pledge,target&strength=obligation",
    "form=pledge&form=target",
    "within=365",
    "q=hydropower",
    "q=thuy dien",
    "q=VL-7",
    "sector=energy",
    "party=laos",
    "sort=-deadline",
    "sort=title",
    "sort=owner&form=pledge",
    "sort=-updated",
  ];
  test.each(searches)("%s gives what the register gives", async (search) => {
    const { actor } = (await bearerOf(reader.token, new Date())) ?? {};
    if (!actor) throw new Error("the token is good");
    const { listing } = parseListing(new URLSearchParams(search));
    const register = await listCommitments(actor, "viet-nam-laos", listing, {
      locale: "en",
      today: teamToday(new Date()),
      limit: 500,
    });
    const api = await everything("commitments", `${search}&limit=25`);
    expect(api.map(({ reference }) => reference)).toEqual(register.rows.map(({ reference }) => reference));
  });
});

describe("one record", () => {
  test("by reference and by id, the same, and as in the list", async () => {
    for (const listed of await everything("commitments", "limit=200")) {
      const byReference = await (await askOne(listed.reference ?? "", headers)).json();
      expect(byReference).toEqual(listed);
      expect(await (await askOne(listed.id, headers)).json()).toEqual(listed);
    }
  });

  test("says where it comes from, and no more of a person than the name", async () => {
    await query(owner(), "UPDATE commitment SET owner_id = $1 WHERE reference = 'VL-001'", [reader.id]);
    const text = await (await askOne("VL-001", headers)).text();
    const record = publishedCommitment.parse(JSON.parse(text));
    expect(record.citations.length).toBeGreaterThan(0);
    expect(record.owner).toEqual({ id: reader.id, name: "Test viewer" });
    expect(text).not.toContain("@kept.example");
  });

  test("unknown ones and unknown places are problems, and nothing may be kept by a cache", async () => {
    for (const response of [
      await askOne("VL-99999", headers),
      await askOne(reader.id, headers),
      await askOne("..", headers),
      await askNothing(headers),
    ]) {
      expect(response.status).toBe(404);
      expect(response.headers.get("cache-control")).toContain("no-store");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect((await problemOf(response)).code).toBe("notFound");
    }
  });
});

describe("what is wrong is named", () => {
  test.each([
    ["limit", "limit=0"],
    ["limit", "limit=201"],
    ["limit", "limit=1e2"],
    ["limit", "limit="],
    ["limit", "limit=5&limit=6"],
    ["cursor", "cursor=%00"],
    ["cursor", "cursor=bm9uc2Vuc2U"],
    ["portfolio", "portfolio=a&portfolio=b"],
    ["portfolio", "portfolio[]=a"],
    ["statu", "statu=complete"],
    ["__proto__", "__proto__=1"],
    ["constructor", "constructor=1"],
    ["status", "status=done"],
    ["q", "q=%00"],
    ["q", "q=a&q=b"],
    ["sort", "sort=password_hash"],
    ["owner", "owner=somebody"],
    ["within", "within=0"],
    ["after", "after=abc"],
    ["columns", "columns=title"],
  ])("%s in ?%s", async (name, search) => {
    const response = await askList("commitments", search, headers);
    expect(response.status).toBe(422);
    const { errors } = await problemOf(response);
    expect([...new Set(errors?.map(({ field }) => field))]).toEqual([
      search.startsWith("portfolio[]") ? "portfolio[]" : name,
    ]);
  });

  test("a cursor of another sort, or of another list", async () => {
    const { next } = await (await askList("commitments", "limit=1&sort=title", headers)).json();
    expect((await askList("commitments", `limit=1&sort=owner&cursor=${next}`, headers)).status).toBe(422);
    expect((await askList("sources", `cursor=${next}`, headers)).status).toBe(422);
  });

  test("parameters where none are known", async () => {
    expect((await askOne("VL-001", headers, "limit=1")).status).toBe(422);
    expect((await askList("sources", "form=pledge", headers)).status).toBe(422);
  });
});
