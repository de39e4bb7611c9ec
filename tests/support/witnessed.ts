import { afterEach } from "vitest";
import { whatWasSeen } from "./witness.ts";

// Tells of a failed test of the running app what there was to see, in the failure itself.
afterEach(async ({ task }) => {
  const error = task.result?.state === "fail" ? task.result.errors?.[0] : undefined;
  if (!error) return;
  const seen = await whatWasSeen();
  if (seen) error.message += `\n\n${seen}\n`;
});
