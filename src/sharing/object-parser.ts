import { mayHaveLongIntegers, parseExact } from '../protocol/numbers/parse-exact.ts';
import { type JsonParser, parseJson, siblingParser } from './sibling-parser.ts';
import { isPathOfSecrets, isSecret } from './is-secret.ts';

/** What a parser has to know of the objects of one collection. */
export interface ParsedCollection {
  /** The path of the collection: `/api/v1/namespaces/default/pods`. */
  readonly path: string;
  /** The kind of the objects, if it is known. */
  readonly kind?: string | undefined;
  /** Integers that a number would round are BigInts. Default false. */
  readonly exactIntegers?: boolean | undefined;
}

/**
 * The parser for the objects of one collection: {@link siblingParser}, but plain `JSON.parse` for Secrets, and for texts with
 * integers that are to be BigInts.
 */
export function objectParser({ path, kind, exactIntegers = false }: ParsedCollection): JsonParser {
  const parse = isSecret({ kind }) || isPathOfSecrets(path) ? parseJson : siblingParser();
  if (!exactIntegers) return parse;
  return (text, within) => (mayHaveLongIntegers(text) ? parseExact(text) : parse(text, within));
}
