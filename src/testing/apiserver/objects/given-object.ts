import { refusal } from '../../../serving/failure-status.ts';
import { numberOutOfRange, tooDeep } from '../requests/refusals.ts';
import { asGoReads } from './go-numbers.ts';
import { isTooDeep } from './json-depth.ts';
import { copyJson, type JsonObject } from './json-object.ts';
import { givenMetadata } from './object-rules.ts';

/**
 * A copy of an object that the program gives, as JSON has it, and its namespace.
 *
 * @throws KubeError 400 for what is nested too deep to be copied, or has a number that JSON cannot write.
 */
export function givenObject(
  resource: string,
  object: object,
): { readonly content: JsonObject; readonly namespace: string | undefined } {
  if (isTooDeep(object)) throw refusal(resource, tooDeep());
  const read = asGoReads(copyJson(object));
  if (read === undefined) throw refusal(resource, numberOutOfRange());
  const content = read.value as JsonObject;
  const { namespace } = givenMetadata(content);
  return { content, namespace: typeof namespace === 'string' && namespace !== '' ? namespace : undefined };
}
