import { setTimeout as sleep } from "node:timers/promises";
import { type JobWorker, startJobWorker } from "#tests/support/job-worker.ts";
import { query } from "#tests/support/people.ts";
import { startSink, type Taken } from "#tests/support/sink.ts";

/**
 * Workers that are killed, again and again, while they plan and send. What was due is known from how it was made, not
 * from what the workers wrote down; what arrived, from the mails themselves.
 */

/** A reminder as a mail server sees it: whom it went to, and of which record it tells. */
type Pair = `${string} ${string}`;

type Due = { ownerUrl: string; portfolioId: string; reminders: number; people: number };

/** Enters people and records of theirs whose reminder's moment was at the last midnight, and lets the planner begin before it. */
export async function makeDue({ ownerUrl, portfolioId, reminders, people }: Due): Promise<Set<Pair>> {
  await query(
    ownerUrl,
    "INSERT INTO person (id, email, name) SELECT gen_random_uuid(), 'reader-' || i || '@kept.example', 'Reader ' || i FROM generate_series(1, $1) i",
    [people],
  );
  await query(
    ownerUrl,
    "INSERT INTO membership (person_id, portfolio_id, role) SELECT id, $1, 'editor' FROM person WHERE email LIKE 'reader-%'",
    [portfolioId],
  );
  await query(
    ownerUrl,
    `INSERT INTO reminder_preference (person_id, hour, days, countries, frequency, weekday, mail, in_app, lead_days, own_lead_days)
      SELECT id, 0, '{1,2,3,4,5,6,7}', '{}', 'daily', 1, true, true, '{}', false FROM person WHERE email LIKE 'reader-%'`,
  );
  await query(
    ownerUrl,
    `INSERT INTO reminder_rule (id, portfolio_id, name, date, offsets, recipients, escalate_to, created_at)
      VALUES (gen_random_uuid(), $1, '{"en": "A week before"}', 'deadline', '{-7}', '{owner}', '{}', now() - interval '3 days')`,
    [portfolioId],
  );
  // The first few people have more than one letter's usual share; everybody has at least one record.
  const rows = await query<{ pair: Pair }>(
    ownerUrl,
    `WITH day AS (SELECT ((now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + 7) AS d), made AS (
      INSERT INTO commitment (id, portfolio_id, number, reference, form, kind, strength, sector_id, title, statement, draft_locales, owner_id,
        deadline_phrase, deadline_edtf, deadline_earliest, deadline_latest, created_at)
      SELECT gen_random_uuid(), $1, 100000 + i, 'KIL-' || i, 'pledge', 'project', 'pledge', (SELECT min(id) FROM sector),
        jsonb_build_object('en', 'Work ' || i, 'vi', '', 'lo', ''), '{"en": "To be done.", "vi": "", "lo": ""}', '{}', p.id, NULL, d::text, d, d, now() - interval '3 days'
      FROM generate_series(1, $2) i CROSS JOIN day
      JOIN person p ON p.email = 'reader-' || (1 + CASE WHEN i <= $3 THEN i - 1 ELSE floor(power(i::float8 / $2, 2) * $3)::int % $3 END) || '@kept.example'
      RETURNING reference, owner_id)
    SELECT p.email || ' ' || m.reference AS pair FROM made m JOIN person p ON p.id = m.owner_id`,
    [portfolioId, reminders, people],
  );
  await query(
    ownerUrl,
    "INSERT INTO job (name, state) VALUES ('reminders', jsonb_build_object('plannedUntil', now() - interval '2 days'))",
  );
  return new Set(rows.map(({ pair }) => pair));
}

type Kill = { user: string; at: number };
export type Outcome = {
  due: number;
  letters: number;
  seconds: number;
  kills: Kill[];
  missed: Pair[];
  /** What nobody was to get. */
  strangers: Pair[];
  /** Mails that came once more, each with the worker of the first one, and how long after the server's yes that was killed. */
  again: { messageId: string; first: Taken; second: Taken; sameText: boolean; killedAfter: number | null }[];
  /** Reminders that came in two different letters. */
  twice: Pair[];
  /** Of letters that the database does not call sent though they came, or the other way round. */
  wrong: number;
};

type Run = {
  databaseUrl: string;
  ownerUrl: string;
  due: Set<Pair>;
  workers: number;
  kills: number;
  leaseSeconds: number;
  /** Milliseconds that the server takes to say yes. */
  delay: number;
  log?: (line: string) => void;
};

/** Runs until everything has come and enough workers were killed, the kills spread over what there is to send. */
export async function runWithKills({
  databaseUrl,
  ownerUrl,
  due,
  workers,
  kills,
  leaseSeconds,
  delay,
  log = () => {},
}: Run): Promise<Outcome> {
  const sink = await startSink({ delay });
  const begun = Date.now();
  const killed: Kill[] = [];
  const alive = new Map<string, JobWorker>();
  let born = 0;
  const bear = () => {
    const user = `worker-${++born}`;
    const url = sink.url.replace("smtp://", `smtp://${user}:x@`);
    alive.set(user, startJobWorker({ databaseUrl, env: { SMTP_URL: url, KEPT_LEASE: `${leaseSeconds}` } }));
  };
  const killOne = () => {
    const users = [...alive.keys()];
    const user = users[Math.floor(Math.random() * users.length)];
    if (!user) return;
    process.kill(alive.get(user)?.pid ?? 0, "SIGKILL");
    killed.push({ user, at: Date.now() });
    alive.delete(user);
    bear();
  };
  try {
    for (let at = 0; at < workers; at++) bear();
    const letters = new Set([...due].map((pair) => pair.split(" ")[0])).size;
    // The first ones fall while reminders are planned and gathered, before any mail goes.
    for (let early = 0; early < Math.ceil(kills / 20) && sink.taken.length === 0; early++) {
      await sleep(400 + 400 * Math.random());
      killOne();
    }
    const received = () => new Set(sink.taken.map(({ mail }) => mail.messageId)).size;
    for (let last = Date.now(), before = 0; received() < letters; ) {
      await sleep(20 * Math.random());
      const now = received();
      if (killed.length < kills && now >= (letters * killed.length) / (kills + 1)) killOne();
      if (now > before) [last, before] = [Date.now(), now];
      // One that was killed over the planning keeps it from the others for a lease.
      if (Date.now() - last > 8000 * leaseSeconds)
        throw new Error(
          `Nothing came for so long, ${now} of ${letters} letters are there.\n${[...alive.values()].map((worker) => worker.output()).join("\n")}`,
        );
      if (now % 500 === 0 && now > 0) log(`${now} of ${letters} letters, ${killed.length} kills`);
    }
    while (killed.length < kills) {
      killOne();
      await sleep(50);
    }
    // What was sent and not noted is sent once more when its lease is over.
    await settled(ownerUrl);
    const seconds = (Date.now() - begun) / 1000;
    return { ...(await compare(ownerUrl, due, sink.taken, killed)), letters, seconds, kills: killed };
  } finally {
    await Promise.all([...alive.values()].map((worker) => worker.stop()));
    await sink.close();
  }
}

async function settled(ownerUrl: string): Promise<void> {
  for (;;) {
    const [row] = await query<{ open: number }>(
      ownerUrl,
      "SELECT count(*)::int AS open FROM letter WHERE state = 'waiting'",
    );
    if (row?.open === 0) return;
    await sleep(200);
  }
}

async function compare(ownerUrl: string, due: Set<Pair>, taken: readonly Taken[], kills: readonly Kill[]) {
  const told = new Map<Pair, Set<string>>();
  for (const { mail, to } of taken) {
    for (const [reference] of mail.text?.matchAll(/\bKIL-\d+(?= {2})/g) ?? []) {
      const pair: Pair = `${to[0]} ${reference}`;
      told.set(pair, (told.get(pair) ?? new Set()).add(mail.messageId ?? ""));
    }
  }
  const firsts = new Map<string, Taken>();
  const again: Outcome["again"] = [];
  for (const one of taken) {
    const messageId = one.mail.messageId ?? "";
    const first = firsts.get(messageId);
    if (!first) firsts.set(messageId, one);
    else {
      const kill = kills.find(({ user }) => user === first.user);
      const killedAfter = kill ? kill.at - first.at : null;
      again.push({ messageId, first, second: one, sameText: first.mail.text === one.mail.text, killedAfter });
    }
  }
  const rows = await query<{ messageId: string; state: string }>(
    ownerUrl,
    'SELECT message_id AS "messageId", state FROM letter',
  );
  return {
    due: due.size,
    missed: [...due].filter((pair) => !told.has(pair)),
    strangers: [...told.keys()].filter((pair) => !due.has(pair)),
    twice: [...told].filter(([, ids]) => ids.size > 1).map(([pair]) => pair),
    again,
    wrong: rows.filter(({ messageId, state }) => (state === "sent") !== firsts.has(messageId)).length,
  };
}
