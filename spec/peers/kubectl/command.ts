/** One command line of kubectl, in the order in which they are run: later ones stand on earlier ones. */
export interface Command {
  /** What follows `kubectl`, words separated by spaces; a word in single quotes may have spaces. */
  readonly line: string;
  /** Objects that it gets as standard input, for `-f -`. */
  readonly input?: readonly object[];
  /** What the embedded server lacks to give the same output, if it does. */
  readonly lacks?: Lack;
  /** The order of its lines is chance. */
  readonly isUnordered?: boolean;
}

/** What the embedded server does not do. */
export type Lack = 'descriptions of built-in types' | 'reviews of access' | 'names of checks' | 'tokens' | 'logs';
