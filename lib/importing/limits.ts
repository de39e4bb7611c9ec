/** How much of a file is taken. */

export const mostBytes = 10 * 1024 * 1024;
export const mostUnpacked = 50 * 1024 * 1024;
export const mostRows = 20_000;
export const mostColumns = 100;
/** Of one cell: more than the longest text of a record. */
export const mostCell = 20_000;
/** Of all cells: a workbook keeps a text once, however many cells show it. No CSV file of `mostBytes` has so many. */
export const mostCharacters = 20_000_000;
/** Files in a workbook: a large one has some dozens. */
export const mostEntries = 1000;
/** So many records are created or changed at once. */
export const mostAtOnce = 10_000;
/** So many while somebody waits for it; more are brought in by the worker. */
export const mostInRequest = 1000;
