/** What the command palette finds. `lang` says which language a title is in where it is not the reader's. */
export type Hits = {
  records: { reference: string; title: string; lang: string | null }[];
  people: { id: string; name: string }[];
  views: { id: string; name: string; query: string }[];
};
