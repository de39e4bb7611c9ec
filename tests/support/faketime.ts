import { spawnSync } from "node:child_process";

/** Whether a program can be given another clock here (Debian's package faketime). Says so where it can't. */
export function hasFaketime(): boolean {
  const there = spawnSync("faketime", ["-f", "+1d", "true"]).status === 0;
  if (!there)
    console.warn("faketime is not installed: the worker is not tried with a wrong clock (apt-get install faketime).");
  return there;
}
