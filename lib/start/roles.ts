import pg from "pg";

/** The role that the app works as: it owns nothing, and the migrations' grants say what it may do. */
export const appRole = "kept_app";

/**
 * Makes the app's role and tells how to connect as it. Roles belong to the server, not to a database, and several starts
 * (or tests) may come here at once: every step is safe to repeat and to lose a race at.
 *
 * On the own server the role signs in itself, with `password`. On a given server the app signs in as the given user and
 * takes the role on; if that user may not make roles, the app runs as the given user, and says so.
 */
export async function prepareRoles(
  adminUrl: string,
  { password, log }: { password?: string; log: (line: string) => void },
): Promise<{ appUrl: string }> {
  const session = new pg.Client({ connectionString: adminUrl });
  await session.connect();
  try {
    if (password) {
      await createRole(session, `LOGIN PASSWORD ${session.escapeLiteral(password)}`);
      const url = new URL(adminUrl);
      url.username = appRole;
      url.password = password;
      return { appUrl: url.href };
    }
    try {
      await createRole(session, "NOLOGIN");
      await grantRole(session);
    } catch (error) {
      if ((error as { code?: string }).code !== insufficientPrivilege) throw error;
      log(
        `The database's user may not use or make the role ${appRole}, so the app works as that user and the history is not protected from it: ` +
          `let an administrator run CREATE ROLE ${appRole}; GRANT ${appRole} TO that user.`,
      );
      return { appUrl: adminUrl };
    }
    const url = new URL(adminUrl);
    url.searchParams.set("options", `${url.searchParams.get("options") ?? ""} -c role=${appRole}`.trim());
    // URLSearchParams writes a space as "+", which PostgreSQL's drivers take for a plus.
    return { appUrl: url.href.replaceAll("+", "%20") };
  } finally {
    await session.end();
  }
}

const insufficientPrivilege = "42501";

async function createRole(session: pg.Client, how: string) {
  const { rowCount } = await session.query("select from pg_roles where rolname = $1", [appRole]);
  if (rowCount) return;
  await session
    .query(`CREATE ROLE ${appRole} NOSUPERUSER NOCREATEDB NOCREATEROLE ${how}`)
    .catch(ignoring("42710", "23505"));
}

async function grantRole(session: pg.Client) {
  // From PostgreSQL 16 on, whoever makes a role is its member, but may not take it on before granting that to themselves.
  const usable = "case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end";
  const { rows } = await session.query(`select pg_has_role(current_user, $1, ${usable}) as usable`, [appRole]);
  if (rows[0].usable) return;
  await session.query(`GRANT ${appRole} TO current_user`).catch(ignoring("23505", "XX000"));
}

/** Another start did the same at the same moment. */
function ignoring(...codes: string[]) {
  return (error: { code?: string }) => {
    if (!codes.includes(error.code ?? "")) throw error;
  };
}
