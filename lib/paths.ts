/** Addresses of pages, each in one place. */

/** What a reference looks like: "VL-007". */
export const referencePattern = /^[A-Z]{2,6}-\d{1,9}$/;
/** How many of the records that were opened last the palette offers. */
export const recentMost = 6;

/** The address that was asked for, "https://kept.example.org": the server in front has put what is true into these headers. */
export const originOf = (headers: Headers) => `${headers.get("x-forwarded-proto") ?? "http"}://${headers.get("host")}`;

export const recordPath = (portfolio: string, reference: string) => `/${portfolio}/commitments/${reference}`;
/** `query`: a list's (`listingQuery`), or filters by their names. */
export const registerPath = (portfolio: string, query: string | Record<string, string> = "") =>
  withQuery(`/${portfolio}/register`, typeof query === "string" ? query : new URLSearchParams(query).toString());
export const withQuery = (path: string, query: string) => path + (query && `?${query}`);
export const meetingPath = (portfolio: string, key: string) => `/${portfolio}/meetings/${key}`;
export const indicatorPath = (portfolio: string, key: string) => `/${portfolio}/indicators/${key}`;
export const reportPath = (portfolio: string, id: string) => `/${portfolio}/reports/${id}`;
/** With a paragraph, the page shows that one. */
export const sourcePath = (portfolio: string, key: string, paragraph?: number) =>
  `/${portfolio}/sources/${key}${paragraph === undefined ? "" : `#p${paragraph}`}`;
