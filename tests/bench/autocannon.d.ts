declare module "autocannon" {
  import type { EventEmitter } from "node:events";

  export type Outgoing = { method?: string; path?: string; headers?: Record<string, string>; body?: string };

  type Requested = Outgoing & {
    setupRequest?: (request: Outgoing, context: Record<string, unknown>) => Outgoing;
    onResponse?: (status: number, body: string, context: Record<string, unknown>) => void;
  };

  type Options = {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    timeout?: number;
    headers?: Record<string, string>;
    requests: Requested[];
  };

  type Result = { errors: number; timeouts: number };

  /** Emits `response` (client, status, bytes, milliseconds) for each answer. */
  export default function autocannon(
    options: Options,
    done: (error: Error | null, result: Result) => void,
  ): EventEmitter;
}
