declare module "compression" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  type Options = {
    /** 1 (fast) to 9 (small). */
    level?: number;
    threshold?: number;
    filter?: (request: IncomingMessage, response: ServerResponse) => boolean;
  };
  function compression(
    options?: Options,
  ): (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  namespace compression {
    function filter(request: IncomingMessage, response: ServerResponse): boolean;
  }
  export default compression;
}
