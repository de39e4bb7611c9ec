import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, LookupFunction } from "node:net";

/** A call as the server took it. */
export type TakenCall = { path: string; headers: IncomingHttpHeaders; body: string; at: number };

/** What the server does otherwise than take everything at once. May be changed while it runs. */
type Answering = (call: TakenCall, answer: Parameters<RequestListener>[1]) => void;

export type HookSink = {
  /** "https://hooks.example:port", which `lookup` leads to; or "http://127.0.0.1:port". */
  url: string;
  port: number;
  taken: TakenCall[];
  connections(): number;
  answer: Answering;
  close(): Promise<void>;
};

/** Takes a call, with 204. */
export const takes: Answering = (_call, answer) => void answer.writeHead(204).end();

/** A server on this machine that keeps the calls that it gets. */
export async function startHookSink({ tls = true, host = "127.0.0.1" } = {}): Promise<HookSink> {
  const taken: TakenCall[] = [];
  const sink = { taken, answer: takes } as HookSink;
  let connections = 0;
  const listener: RequestListener = async (request, answer) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    const call = {
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
      at: Date.now(),
    };
    taken.push(call);
    sink.answer(call, answer);
  };
  const server = tls ? createTlsServer({ key, cert: hookCa }, listener) : createServer(listener);
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const url = tls ? `https://hooks.example:${port}` : `http://${host}:${port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return Object.assign(sink, { url, port, connections: () => connections, close });
}

/** Looks names up in these answers, one after the other, the last one again and again; counts how often it was asked. */
export function lookupOf(...answers: string[][]): LookupFunction & { asked(): number } {
  let asked = 0;
  const lookup: LookupFunction = (_host, options, done) => {
    const addresses = answers[Math.min(asked++, answers.length - 1)] ?? [];
    const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    if (options.all) done(null, found);
    else done(null, found[0]?.address ?? "", found[0]?.family);
  };
  return Object.assign(lookup, { asked: () => asked });
}

/** The certificate of hooks.example, which vouches for itself; it opens nothing but these tests, and is good until 2126. */
export const hookCa = `-----BEGIN CERTIFICATE-----
MIIBojCCAUegAwIBAgIUZA3Tn0I3KSD9Z17vbyP0FM63dpgwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNaG9va3MuZXhhbXBsZTAgFw0yNjExMjIwNjE5MThaGA8yMTI2
MTAyOTA2MTkxOFowGDEWMBQGA1UEAwwNaG9va3MuZXhhbXBsZTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABH6kdByagyeHsNPD1Oq0rGK4X7ruH/3SOPHSOEM23+IZ
nvcniHRy4zdHSMQu2Gnekfnt9VOa6iaFE7efgP0cfBWjbTBrMB0GA1UdDgQWBBQp
RshzeaENDsBDf3l+QoUDmxO46TAfBgNVHSMEGDAWgBQpRshzeaENDsBDf3l+QoUD
mxO46TAPBgNVHRMBAf8EBTADAQH/MBgGA1UdEQQRMA+CDWhvb2tzLmV4YW1wbGUw
CgYIKoZIzj0EAwIDSQAwRgIhAI5uUZxJOmiXdjcW8I3/DT6TpIyHnoUej3C6Coku
zelrAiEAn3xQkzRWZ4L0jCjjRwTecPliDGscxbHjZrSudxAU8qA=
-----END CERTIFICATE-----
`;

const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNKPqsST04UOgFvNA
J7JTm2QtlH8AaSoi8J+ko+zxp+ahRANCAAR+pHQcmoMnh7DTw9TqtKxiuF+67h/9
0jjx0jhDNt/iGZ73J4h0cuM3R0jELthp3pH57fVTmuomhRO3n4D9HHwV
-----END PRIVATE KEY-----
`;
