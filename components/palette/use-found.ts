"use client";
import { useEffect, useState } from "react";
import type { Found } from "#lib/search/schema.ts";

type State = "idle" | "searching" | "ready" | "failed" | "sessionOver";

const pause = 120;

/**
 * What the server finds for what was typed, a moment after the last key. While it is asked, the last answer stands, so
 * that the list doesn't flicker.
 */
export function useFound(portfolio: string, typed: string): { found: Found | null; state: State } {
  const q = typed.trim();
  const [answer, setAnswer] = useState<{ q: string; found: Found | null; state: State }>(nothing);
  useEffect(() => {
    if (q === "") {
      setAnswer(nothing);
      return;
    }
    const aborter = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(`/${portfolio}/search?${new URLSearchParams({ q })}`, { signal: aborter.signal });
        if (response.ok) setAnswer({ q, found: await response.json(), state: "ready" });
        else setAnswer({ q, found: null, state: response.status === 401 ? "sessionOver" : "failed" });
      } catch {
        if (!aborter.signal.aborted) setAnswer({ q, found: null, state: "failed" });
      }
    }, pause);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [portfolio, q]);
  return { found: q === "" ? null : answer.found, state: answer.q === q ? answer.state : "searching" };
}

const nothing = { q: "", found: null, state: "idle" } as const;
