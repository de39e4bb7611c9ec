/** A saved view as a list shows it. */
export type View = {
  id: string;
  name: string;
  /** The register's address, without the question mark. */
  query: string;
  shared: boolean;
  version: number;
  owner: string;
  mine: boolean;
  mayDelete: boolean;
  /** The reader is told of what it shows. */
  watching: boolean;
};
