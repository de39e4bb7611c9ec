import { BlockList, isIPv4, isIPv6 } from "node:net";

/** Which addresses changes may be sent to, whatever notation they come in. */

/** Whether whoever runs the app lets changes go to addresses of their own network: `KEPT_WEBHOOKS_PRIVATE=allowed`. */
export const privateAllowed = (): boolean => process.env.KEPT_WEBHOOKS_PRIVATE === "allowed";

/** What is wrong with an address as it is written, as a message key; null: nothing. What its name leads to is seen at each try. */
export function addressProblem(text: string, { allowPrivate }: { allowPrivate: boolean }): string | null {
  if (!URL.canParse(text)) return "webhooks.errors.notAddress";
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username || password) return "webhooks.errors.credentials";
  if (hash) return "webhooks.errors.fragment";
  const ip = hostname.replace(/^\[|\]$/g, "");
  if (protocol !== "https:" && !(protocol === "http:" && allowPrivate && isLoopback(ip)))
    return "webhooks.errors.notHttps";
  if (isNever(ip)) return "webhooks.errors.ownNetwork";
  if (!allowPrivate && (isLoopback(ip) || isCompatible(ip))) return "webhooks.errors.ownNetwork";
  return null;
}

/** Of this machine. */
export const isLoopback = (host: string): boolean =>
  /^localhost\.?$|\.localhost\.?$/.test(host) || isIn(loopback, host);

/**
 * Where nothing is ever sent to, also where private addresses are allowed: link-local ones, at which clouds tell secrets
 * about the machine, the others that they use for that, and those that stand for an IPv4 address within.
 */
export const isNever = (ip: string): boolean => isIn(never, ip);

/** An IPv4 address in the form "::127.0.0.1", which request-filtering-agent takes for a public one. */
export const isCompatible = (ip: string): boolean => isIn(compatible, ip);

const listOf = (...subnets: [string, number][]): BlockList => {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, net.includes(":") ? "ipv6" : "ipv4");
  return list;
};

const loopback = listOf(["127.0.0.0", 8], ["::1", 128]);
const never = listOf(
  ["0.0.0.0", 8],
  ["169.254.0.0", 16],
  ["100.100.100.200", 32],
  ["168.63.129.16", 32],
  ["192.0.0.192", 32],
  ["224.0.0.0", 4],
  ["255.255.255.255", 32],
  ["fe80::", 10],
  ["fd00:ec2::254", 128],
  ["ff00::", 8],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["2001::", 32],
);
const compatible = listOf(["::", 96]);

// A BlockList takes an IPv4 address within an IPv6 one ("::ffff:169.254.0.1") for what it is.
function isIn(list: BlockList, ip: string): boolean {
  if (isIPv4(ip)) return list.check(ip, "ipv4");
  return isIPv6(ip) && list.check(ip, "ipv6");
}
