import { type AddressInfo, createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addressProblem } from "#lib/webhooks/address.ts";
import { post, type Way } from "#lib/webhooks/posting.ts";
import { type HookSink, hookCa, lookupOf, startHookSink } from "#tests/support/hook-sink.ts";

/** Calls to addresses that somebody typed in: only to where they may go, and whatever the other side answers. */

let sink: HookSink;
beforeAll(async () => {
  sink = await startHookSink();
});
afterAll(() => sink.close());

const here = lookupOf(["127.0.0.1"]);
const inside: Way = { allowPrivate: true, timeout: 5000, lookup: here, ca: hookCa };
const strict: Way = { allowPrivate: false, timeout: 5000, ca: hookCa };
const call = (url: string) => ({ url, headers: { "content-type": "application/json" }, body: "{}" });

describe("addresses that nothing is sent to", () => {
  let counted: Server[] = [];
  let connections = 0;
  let port = 0;
  beforeAll(async () => {
    // On IPv4 and, where the machine has it, on IPv6, at the same port.
    const listen = (host: string, at: number) =>
      new Promise<Server | null>((resolve) => {
        const server = createServer((socket) => {
          connections += 1;
          socket.destroy();
        });
        server.once("error", () => resolve(null));
        server.listen(at, host, () => resolve(server));
      });
    const first = await listen("127.0.0.1", 0);
    port = (first?.address() as AddressInfo | undefined)?.port ?? 0;
    const second = await listen("::1", port);
    counted = [first, second].filter((server) => server !== null);
  });
  afterAll(() => {
    for (const server of counted) server.close();
  });

  const hosts = [
    ...["127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001"],
    ...["127.255.255.254", "①②⑦.0.0.1", "%31%32%37.0.0.1", "127。0。0。1", "localhost", "LOCALHOST", "localhost."],
    ...["0.0.0.0", "0", "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]"],
    ...["[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[fe80::1]"],
    ...["10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "198.18.0.1", "192.0.0.1", "203.0.113.1", "240.0.0.1"],
    ...["169.254.169.254", "2852039166", "0xa9fea9fe", "[::ffff:169.254.169.254]", "[::169.254.169.254]"],
    ...["[fd00:ec2::254]", "[fc00::1]", "[fec0::1]", "100.100.100.200", "168.63.129.16", "192.0.0.192"],
    ...["224.0.0.1", "255.255.255.255", "[ff02::1]", "[2001:db8::1]", "[2001::1]", "[100::1]"],
  ];
  test.each(hosts)("%s", async (host) => {
    expect(await post(call(`https://${host}:${port}/`), strict)).toMatchObject({ taken: false, failure: "address" });
    expect(connections).toBe(0);
  });

  test.each(hosts.filter((host) => !/[①。%[]|localhost/i.test(host) && /^\d+\.\d+\.\d+\.\d+$/.test(host)))(
    "a name that leads to %s",
    async (address) => {
      for (const lookup of [lookupOf([address]), lookupOf(["93.184.216.34", address]), lookupOf([`::ffff:${address}`])])
        expect(await post(call(`https://hooks.example:${port}/`), { ...strict, lookup })).toMatchObject({
          failure: "address",
        });
      expect(connections).toBe(0);
    },
  );

  test.each(["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "64:ff9b::a9fe:a9fe", "100.100.100.200"])(
    "%s is refused also where private addresses are allowed",
    async (address) => {
      const way = { ...inside, lookup: lookupOf([address]) };
      expect(await post(call(`https://hooks.example:${port}/`), way)).toMatchObject({ failure: "address" });
      const literal = address.includes(":") ? `[${address}]` : address;
      expect(await post(call(`https://${literal}:${port}/`), inside)).toMatchObject({ failure: "address" });
    },
  );

  test("http, except to this machine where private addresses are allowed", () => {
    expect(addressProblem("http://example.org/", { allowPrivate: true })).toBe("webhooks.errors.notHttps");
    expect(addressProblem("http://127.0.0.1/", { allowPrivate: false })).toBe("webhooks.errors.notHttps");
    expect(addressProblem("http://127.0.0.1/", { allowPrivate: true })).toBeNull();
    expect(addressProblem("https://example.org/x?y=1", { allowPrivate: false })).toBeNull();
    for (const bad of ["ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "gopher://example.org/"])
      expect(addressProblem(bad, { allowPrivate: true })).toBe("webhooks.errors.notHttps");
    expect(addressProblem("https://user:word@example.org/", { allowPrivate: false })).toBe(
      "webhooks.errors.credentials",
    );
    expect(addressProblem("example.org", { allowPrivate: false })).toBe("webhooks.errors.notAddress");
  });

  test("a name of this machine that leads elsewhere gets nothing in plain text", async () => {
    const way = { ...inside, lookup: lookupOf(["10.0.0.1"]) };
    expect(await post(call(`http://localhost:${port}/`), way)).toMatchObject({ failure: "address" });
  });
});

test("a name is looked up once, and the call goes to what was looked at, whatever it leads to afterwards", async () => {
  const lookup = lookupOf(["127.0.0.1"], ["127.0.0.2"], ["169.254.169.254"]);
  const before = sink.connections();
  expect(await post(call(`${sink.url}/pinned`), { ...inside, lookup })).toMatchObject({ taken: true, status: 204 });
  expect(lookup.asked()).toBe(1);
  expect(sink.connections()).toBe(before + 1);
});

test("a redirect is not followed", async () => {
  const other = await startHookSink({ tls: false });
  const before = sink.connections();
  try {
    for (const status of [301, 302, 303, 307, 308])
      for (const location of ["http://169.254.169.254/latest/meta-data", `${other.url}/`, `${sink.url}/again`]) {
        sink.answer = (_call, answer) => void answer.writeHead(status, { location }).end();
        const told = await post(call(sink.url), inside);
        expect(told).toMatchObject({ taken: false, failure: "redirect", status });
      }
    expect(other.connections()).toBe(0);
    expect(sink.connections()).toBe(before + 15);
  } finally {
    await other.close();
  }
});

test("a certificate of another name, and one that nobody vouches for, is refused", async () => {
  const elsewhere = sink.url.replace("hooks.example", "other.example");
  expect(await post(call(elsewhere), inside)).toMatchObject({ failure: "certificate" });
  const { ca: _ca, ...unknown } = inside;
  expect(await post(call(sink.url), unknown)).toMatchObject({ failure: "certificate" });
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  try {
    expect(await post(call(sink.url), unknown)).toMatchObject({ failure: "certificate" });
  } finally {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  }
});

test("of an answer without end only the beginning is read", async () => {
  let written = 0;
  sink.answer = (_call, answer) => {
    answer.writeHead(200);
    const more = () => {
      while (answer.write("x".repeat(4096))) written += 4096;
      answer.once("drain", more);
    };
    more();
  };
  const told = await post(call(sink.url), inside);
  expect(told).toMatchObject({ taken: true, status: 200, answer: "x".repeat(2048) });
  // What the sockets on the way hold, and no more.
  expect(written).toBeLessThan(16 * 1024 * 1024);
});

test("no answer, one that drips, and no end of it are given up in time", async () => {
  const quick = { ...inside, timeout: 300 };
  sink.answer = () => {};
  expect(await post(call(sink.url), quick)).toMatchObject({ failure: "timeout", status: null });
  sink.answer = (_call, answer) => {
    answer.writeHead(200).write("x");
    const timer = setInterval(() => answer.write("x"), 50);
    answer.on("close", () => clearInterval(timer));
  };
  expect(await post(call(sink.url), quick)).toMatchObject({ failure: "timeout" });
  const hanging = { ...quick, lookup: (() => {}) as never };
  expect(await post(call(sink.url), hanging)).toMatchObject({ failure: "timeout" });
});

test("an answer is kept as text that a database and a reader can take", async () => {
  sink.answer = (_call, answer) =>
    void answer.writeHead(500).end(Buffer.from("a\0b\u001b[31mc\u202ed\ufffe\n<b>\xff", "latin1"));
  const told = await post(call(sink.url), inside);
  expect(told).toMatchObject({ taken: false, failure: "status", status: 500 });
  expect(told.answer).toContain("<b>");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(told.answer).not.toMatch(/[\u0000-\u0008\u001b\u202e]/);
});

test("nobody there, and no such name, is said so", async () => {
  const gone = await startHookSink();
  await gone.close();
  expect(await post(call(gone.url), inside)).toMatchObject({ failure: "connection" });
  const unknown = ((_host: string, _options: unknown, done: (error: Error) => void) =>
    done(Object.assign(new Error("unknown"), { code: "ENOTFOUND" }))) as never;
  expect(await post(call(sink.url), { ...inside, lookup: unknown })).toMatchObject({ failure: "noSuchHost" });
});
