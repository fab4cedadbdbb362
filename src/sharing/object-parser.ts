import { type JsonParser, parseJson, siblingParser } from './sibling-parser.ts';
import { isPathOfSecrets, isSecret } from './is-secret.ts';

/** What a parser has to know of the objects of one collection. */
export interface ParsedCollection {
  /** The path of the collection: `/api/v1/namespaces/default/pods`. */
  readonly path: string;
  /** The kind of the objects, if it is known. */
  readonly kind?: string | undefined;
}

/** The parser for the objects of one collection: {@link siblingParser}, but plain `JSON.parse` for Secrets. */
export function objectParser({ path, kind }: ParsedCollection): JsonParser {
  return isSecret({ kind }) || isPathOfSecrets(path) ? parseJson : siblingParser();
}
