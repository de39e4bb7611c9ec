import { askToSignInAgain } from "#components/people/sign-in-again.tsx";

/** Fetches from our own server; asks to sign in again where the session is over. @throws unless it is answered. */
export async function fetchJson(address: string, signal?: AbortSignal): Promise<Response> {
  const ask = () => fetch(address, { headers: { accept: "application/json" }, signal: signal ?? null });
  let answer = await ask();
  if (answer.status === 401 && (await askToSignInAgain())) answer = await ask();
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer;
}
