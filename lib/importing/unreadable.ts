import { KeptError } from "#lib/errors.ts";

/** A file that cannot be taken, or not read. `key` is a message, `values` what it names: a row, a column, a limit. */
export class Unreadable extends KeptError {
  readonly status = 422;
  readonly key: string;
  readonly values: Record<string, string | number>;
  constructor(reason: string, values: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(`unreadable file: ${reason}`, options);
    this.key = `importing.errors.${reason}`;
    this.values = values;
  }
}
