import { z } from "zod";
import { endSessionsOf, revokeToken } from "#lib/people/access.ts";
import * as commands from "#lib/people/commands.ts";
import { getOwnAccount, getPerson, listPeople } from "#lib/people/queries.ts";
import { memberRoles, peopleFilter } from "#lib/people/schema.ts";
import { Locale } from "#prisma/generated/enums.ts";
import type { Operation } from "../operation.ts";
import { paged } from "../query.ts";
import { shapes } from "../shapes.ts";

/** One's own account, and what an admin does with people. Passwords and second factors are set by their own hands alone. */

const { texts, instant } = shapes;

/** By portfolio. */
const rolesHeld = z.record(z.string(), z.enum(memberRoles));

const listed = {
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  admin: z.boolean(),
  roles: rolesHeld,
  disabledAt: instant.nullable(),
  hasPassword: z.boolean(),
  hasWayIn: z.boolean(),
  lastSignInAt: instant.nullable(),
  demo: z.boolean(),
};

const token = z.strictObject({
  id: z.uuid(),
  label: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
});

const link = { token: z.string(), expiresAt: instant };
const one = z.strictObject({ id: z.uuid() });

export const people: Record<string, Operation> = {
  "me.get": {
    method: "GET",
    path: "/me",
    least: "viewer",
    output: z.strictObject({
      id: z.uuid(),
      name: z.string(),
      email: z.string(),
      admin: z.boolean(),
      roles: rolesHeld,
      agency: texts.nullable(),
      locale: z.enum(Locale).nullable(),
      version: z.int().positive(),
      tokens: z.array(token),
    }),
    give: async ({ actor, now }) => {
      const account = await getOwnAccount(actor, now);
      if (!account) return null;
      const { name, email, admin, roles, agency, locale, version, tokens } = account;
      const shown = tokens.map(({ id, label, createdAt, expiresAt }) => ({ id, label, createdAt, expiresAt }));
      return { id: actor.id, name, email, admin, roles, agency, locale, version, tokens: shown };
    },
  },
  "me.edit": {
    method: "PUT",
    path: "/me",
    least: "viewer",
    command: commands.updateOwn,
    output: z.strictObject({ version: z.int().positive() }),
  },
  "tokens.revoke": {
    method: "DELETE",
    path: "/tokens/{id}",
    least: "viewer",
    command: revokeToken,
    output: null,
  },
  "people.list": {
    method: "GET",
    path: "/people",
    least: "admin",
    query: {
      q: peopleFilter.shape.q.unwrap().optional(),
      state: z.enum(["all", "enabled", "disabled"], { error: "errors.filter" }).optional(),
      agency: peopleFilter.shape.agency.unwrap().optional(),
      cursor: paged.cursor,
    },
    output: shapes.page(z.strictObject({ ...listed, agency: texts.nullable() })),
    give: async ({ actor, query }) => {
      type Query = { q?: string; state?: "all"; agency?: string; cursor?: string };
      const { q = "", state = "enabled", agency = "", cursor = "" } = query as Query;
      const { people: data, next } = await listPeople(actor, { q, state, agency, after: cursor });
      return { data, next };
    },
  },
  "people.get": {
    method: "GET",
    path: "/people/{id}",
    least: "admin",
    output: z.strictObject({
      ...listed,
      agencyId: z.string().nullable(),
      locale: z.enum(Locale).nullable(),
      version: z.int().positive(),
      createdAt: instant,
      sessions: z.int(),
      tokens: z.array(token),
      linkExpiresAt: instant.nullable(),
      identities: z.array(
        z.strictObject({
          issuer: z.string(),
          email: z.string(),
          createdAt: instant,
          lastUsedAt: instant.nullable(),
        }),
      ),
    }),
    give: async ({ actor, params, now }) => {
      const person = await getPerson(actor, String(params.id), now);
      if (!person) return null;
      const {
        id,
        name,
        email,
        admin,
        roles,
        disabledAt,
        hasPassword,
        hasWayIn,
        lastSignInAt,
        demo,
        agencyId,
        ...rest
      } = person;
      const { locale, version, createdAt, sessions, linkExpiresAt, identities } = rest;
      const tokens = person.tokens.map(({ id, label, createdAt, expiresAt }) => ({ id, label, createdAt, expiresAt }));
      const own = { id, name, email, admin, roles, disabledAt, hasPassword, hasWayIn, lastSignInAt, demo, agencyId };
      return { ...own, locale, version, createdAt, sessions, tokens, linkExpiresAt, identities };
    },
  },
  "people.create": {
    method: "POST",
    path: "/people",
    least: "admin",
    command: commands.createPerson,
    output: z.strictObject({ id: z.uuid(), ...link }),
    creates: "/people",
    secret: true,
  },
  "people.invite": {
    method: "POST",
    path: "/people/invitations",
    least: "admin",
    command: commands.invitePerson,
    output: one,
    creates: "/people",
  },
  "people.edit": {
    method: "PUT",
    path: "/people/{id}",
    least: "admin",
    command: commands.updatePerson,
    output: shapes.edited,
  },
  "people.disable": {
    method: "POST",
    path: "/people/{id}/disable",
    least: "admin",
    command: commands.disablePerson,
    output: one,
  },
  "people.enable": {
    method: "POST",
    path: "/people/{id}/enable",
    least: "admin",
    command: commands.enablePerson,
    output: one,
  },
  "people.mailLink": {
    method: "POST",
    path: "/people/{id}/invitations",
    least: "admin",
    command: commands.mailNewLink,
    output: one,
  },
  "people.link": {
    method: "POST",
    path: "/people/{id}/links",
    least: "admin",
    command: commands.issueLink,
    output: z.strictObject(link),
    secret: true,
  },
  "people.endSessions": {
    method: "DELETE",
    path: "/people/{id}/sessions",
    least: "admin",
    command: endSessionsOf,
    output: z.strictObject({ count: z.int() }),
  },
};
