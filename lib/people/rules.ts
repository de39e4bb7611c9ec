import { isIPv4, isIPv6 } from "node:net";

/** How long a session lasts, however much it is used. The idle limit is in lib/actor.ts. */
export const sessionDays = 7;

/** How long a link that sets a password is good for; one for a forgotten password anybody may have asked for. */
export const linkHours = { first_admin: 24, set_password: 72, forgotten: 1 } as const;

const hour = 3_600_000;

export const hoursLater = (now: Date, hours: number) => new Date(now.getTime() + hours * hour);

/** The last instant of a session that starts now. */
export const sessionEnd = (now: Date) => hoursLater(now, sessionDays * 24);

/**
 * The cookie that holds a session's secret. Served over https it is bound to the host and to https by its name:
 * no sibling domain and no plain-http page can set it.
 */
export function sessionCookie(secure: boolean) {
  return {
    name: secure ? "__Host-kept" : "kept",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  } as const;
}

/** How long somebody may take between their password and their second factor. */
export const halfMinutes = 10;

/** How long a question to a passkey stands. */
export const challengeMinutes = 5;

export const minutesLater = (now: Date, minutes: number) => hoursLater(now, minutes / 60);

/** The cookie of a browser that is half signed in. It opens nothing. */
export function halfCookie(secure: boolean) {
  return {
    name: secure ? "__Host-kept-half" : "kept-half",
    options: { httpOnly: true, sameSite: "strict", path: "/", secure },
  } as const;
}

/**
 * Where to go after signing in: only ever a page of our own. Anything that a browser reads as another place ("//host",
 * "/\host", "/<tab>/host") gives the start page, and so do pages that would lead back here.
 */
export function ownPath(wish: unknown, fallback = "/"): string {
  if (typeof wish !== "string" || wish.length > 2000 || !wish.isWellFormed() || !wish.startsWith("/")) return fallback;
  // Read as a browser reads it, and given back as read: whatever it drops or turns around has had its effect by then.
  const here = "http://here.invalid";
  if (!URL.canParse(wish, here)) return fallback;
  const { origin, pathname, search, searchParams } = new URL(wish, here);
  if (
    origin !== here ||
    pathname.startsWith("//") ||
    /^\/(sign-in|sign-out|setup|set-password|forgot-password|api)(\/|$)/.test(pathname)
  ) {
    return fallback;
  }
  // Next's own marker of a request for a part of a page.
  if (searchParams.has("_rsc")) {
    searchParams.delete("_rsc");
    const rest = searchParams.toString();
    return rest ? `${pathname}?${rest}` : pathname;
  }
  return pathname + search;
}

/**
 * What tries are counted by: an IPv4 address, or the /64 network of an IPv6 one, since whoever has one of those has
 * 2^64 addresses. Anything else is one and the same place.
 */
export function networkOf(address: string): string {
  if (isIPv4(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped && isIPv4(mapped)) return mapped;
  if (!isIPv6(address)) return "unknown";
  // The parser of addresses writes each in one way only: groups without zeros in front, "::" for the longest gap.
  const host = new URL(`http://[${address.split("%")[0]}]/`).hostname.slice(1, -1);
  const [head = [], tail] = host.split("::").map((part) => part.split(":").filter(Boolean));
  const groups = tail ? [...head, ...Array(8 - head.length - tail.length).fill("0"), ...tail] : head;
  return `${groups.slice(0, 4).join(":")}::/64`;
}

/** Whether a host's name is this machine's own: what goes there crosses no line. */
export const isThisMachine = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || (isIPv4(hostname) && hostname.startsWith("127."));

/** How long somebody may take at the organisation's sign-in. */
export const oidcMinutes = 10;

/** The cookie of a browser that is on its way to the organisation's sign-in. Nobody else's page sends it along. */
export function oidcCookie(secure: boolean) {
  return {
    name: secure ? "__Host-kept-oidc" : "kept-oidc",
    options: { httpOnly: true, sameSite: "strict", path: "/", secure },
  } as const;
}

const browsers = [
  ["Edge", /\bEdg(?:e|A|iOS)?\//],
  ["Opera", /\bOPR\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Cốc Cốc", /\bcoc_coc_browser\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:Headless)?(?:Chrome|CriOS|Chromium)\//],
  ["Safari", /\bVersion\/.+\bSafari\//],
] as const;

const systems = [
  ["Windows", /\bWindows\b/],
  ["Android", /\bAndroid\b/],
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["macOS", /\bMac OS X\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["Linux", /\bLinux\b/],
] as const;

/** What a browser calls itself, as people know it. Null where we can't tell; it is a hint and proves nothing. */
export function deviceOf(userAgent: string | null): { browser: string; system: string } | null {
  const find = (known: readonly (readonly [string, RegExp])[]) =>
    known.find(([, mark]) => mark.test(userAgent ?? ""))?.[0];
  const [browser, system] = [find(browsers), find(systems)];
  return browser && system ? { browser, system } : null;
}

/** Whether a field of a person's history says what they may do. */
export const saysRole = (field: string): boolean => field === "admin" || field.startsWith("roles.");
