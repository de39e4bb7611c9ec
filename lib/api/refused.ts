import { KeptError } from "#lib/errors.ts";

/** What the API refuses before a command or a query is asked. `key` is a message key. */
export class Refused extends KeptError {
  readonly status: number;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, key: string, headers: Readonly<Record<string, string>> = {}) {
    super(key);
    this.status = status;
    this.key = key;
    this.headers = headers;
  }
}
