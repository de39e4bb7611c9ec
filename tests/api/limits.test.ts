import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "#tests/support/database.ts";
import { query, signedIn } from "#tests/support/people.ts";
import { ask, bearer } from "./ask.ts";

/** How often somebody may ask, and in which language they are told. */

testDatabase({ catalogue: true });

beforeAll(() => {
  process.env.KEPT_API_RATE = "20";
});

const owner = () => process.env.KEPT_OWNER_URL ?? "";

test("so many requests a minute and person, over all of their tokens; others are not held up", async () => {
  const [one, other] = [await signedIn(owner(), "viewer"), await signedIn(owner(), "viewer")];
  await query(owner(), "UPDATE api_token SET person_id = $1 WHERE person_id = $2", [one.id, other.id]);
  const third = await signedIn(owner(), "viewer");
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, at) => ask("GET", "/me", { headers: bearer(at % 2 ? one.token : other.token) })),
  );
  const counts = Map.groupBy(answers, ({ status }) => status);
  expect([counts.get(200)?.length, counts.get(429)?.length]).toEqual([20, 10]);
  for (const response of counts.get(200) ?? []) {
    expect(response.headers.get("ratelimit-policy")).toBe('"person";q=20;w=60');
    expect(response.headers.get("ratelimit")).toMatch(/^"person";r=1?\d;t=\d+$/);
  }
  const [refused] = counts.get(429) ?? [];
  expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await refused?.json()).toMatchObject({ status: 429, code: "tooMany" });
  expect((await ask("GET", "/me", { headers: bearer(third.token) })).status).toBe(200);
});

test("errors are in the person's language, else in the one that is asked for", async () => {
  const { id, token } = await signedIn(owner(), "viewer");
  const refusal = async (language: string) => {
    const headers = { ...bearer(token), "accept-language": language };
    const response = await ask("GET", "/commitments?limit=0", { headers });
    const { detail, errors } = await response.json();
    return [response.headers.get("content-language"), detail, errors[0].detail];
  };
  expect(await refusal("vi")).toEqual(["vi", "Một số mục cần xem lại.", expect.stringContaining("200")]);
  const lao = await refusal("lo-LA,lo;q=0.9");
  expect(lao[0]).toBe("lo");
  expect(lao[1]).toMatch(/\p{Script=Lao}/u);
  await query(owner(), "UPDATE person SET locale = 'lo' WHERE id = $1", [id]);
  expect(await refusal("vi")).toEqual(lao);
});
