import { type GroupRule, groupRules } from "./group-rules.ts";

/** The organisation's sign-in, as the environment has it. The start has looked at these values (lib/env.ts). */
export type OidcSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  /** On the button. */
  name: string;
  /** Null: groups give nothing, and nobody is made by signing in. */
  rules: GroupRule[] | null;
  /** The second factor that the provider says was shown counts as ours. */
  trusted: boolean;
};

/** Null: there is none. */
export function oidcSettings(env: Record<string, string | undefined> = process.env): OidcSettings | null {
  const { KEPT_OIDC_ISSUER: issuer, KEPT_OIDC_CLIENT_ID: clientId, KEPT_OIDC_GROUPS: groups } = env;
  if (!issuer || !clientId) return null;
  return {
    issuer,
    clientId,
    clientSecret: env.KEPT_OIDC_CLIENT_SECRET || null,
    name: env.KEPT_OIDC_NAME || new URL(issuer).hostname,
    rules: groups ? groupRules(groups) : null,
    trusted: env.KEPT_OIDC_SECOND_FACTOR === "trusted",
  };
}
