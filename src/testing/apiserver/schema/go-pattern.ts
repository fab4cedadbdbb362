import { createRequire } from 'node:module';
import type * as Re2JsPackage from 're2js';
import { refusal } from '../../../serving/failure-status.ts';
import { packageMissing } from '../requests/refusals.ts';

const definitions = 'apiextensions.k8s.io/v1/customresourcedefinitions';

/** How the package is loaded: at once, so that a server in virtual time needs no promise. */
type Load = (name: string) => unknown;

const load: Load = createRequire(import.meta.url);

/** A pattern of a schema, compiled. */
export interface GoPattern {
  /** Whether it is found in a text, in a time that grows with the length of the text alone. */
  readonly test: (text: string) => boolean;
  /** Its text, by which the validator of schemas tells one from the other. */
  readonly toString: () => string;
}

/**
 * The package that reads patterns as Go does, which is loaded for the first schema with a pattern.
 *
 * @throws KubeError 501 that says what to install, where it is not there.
 */
export function re2Package(loading: Load = load): typeof Re2JsPackage {
  try {
    return loading('re2js') as typeof Re2JsPackage;
  } catch (error) {
    throw refusal(definitions, packageMissing('the patterns of custom resources', 're2js', error));
  }
}

/** How many compiled patterns are kept: a definition is read anew with each write of it. */
const keptPatterns = 1000;

const compiledPatterns = new Map<string, GoPattern>();

/**
 * A pattern of a schema, in Go's syntax.
 *
 * @throws SyntaxError with Go's words for an invalid pattern, such as one with a back reference or a look behind.
 * @throws KubeError 501 where the package that reads patterns is not installed.
 */
export function goPattern(pattern: string): GoPattern {
  const known = compiledPatterns.get(pattern);
  if (known !== undefined) return known;
  const { RE2JS } = re2Package();
  try {
    const compiled = RE2JS.compile(pattern);
    const made = { test: (text: string) => compiled.test(text), toString: () => pattern };
    compiledPatterns.set(pattern, made);
    const [oldest] = compiledPatterns.keys();
    if (compiledPatterns.size > keptPatterns && oldest !== undefined) compiledPatterns.delete(oldest);
    return made;
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
