import { map, type Observable } from 'rxjs';
import { parse as parseYaml } from 'yaml';
import { parseExact } from '../../../protocol/numbers/parse-exact.ts';
import { badRequest, refusal } from '../../../serving/failure-status.ts';
import { asGoReads } from '../objects/go-numbers.ts';
import { isTooDeep } from '../objects/json-depth.ts';
import { numberOutOfRange, tooDeep, unsupportedMediaType } from './refusals.ts';

/** The longest body of a request, in bytes. Source: apiserver `server/config.go`, MaxRequestBodyBytes. */
export const maxBodyBytes: number = 3 * 1024 * 1024;

/** The body of a request as text, read when it is subscribed to; errors with KubeError 413 beyond {@link maxBodyBytes}. */
export type BodyText = (resource: string) => Observable<string>;

/** YAML, which includes JSON. */
const yamlType = 'application/apply-patch+yaml';

const isJson = /^application\/([a-z-]+\+)?json$/;

/** The type of the body, without parameters: `application/json` where the request names none. */
export function contentType(headers: Readonly<Record<string, unknown>>): string {
  const { 'content-type': given } = headers;
  return (typeof given === 'string' && given !== '' ? given : 'application/json').split(';')[0]?.trim() ?? '';
}

/**
 * Reads the body of a request as JSON, or that of an apply as YAML; `undefined` where it is empty. Integers that a number
 * would round are BigInts. Errors with KubeError 400 for what is not JSON, for what is nested too deep and for a number that
 * is too large for a float, 413 for more than 3 MiB, 415 for another type.
 */
export function jsonBody(text: BodyText, type: string, resource: string): Observable<unknown> {
  return text(resource).pipe(
    map((body) => {
      if (body === '') return undefined;
      if (type === yamlType) return parsedYaml(body, resource);
      if (!isJson.test(type)) throw refusal(resource, unsupportedMediaType(['application/json']));
      return parsed(body, resource);
    }),
  );
}

function parsedYaml(text: string, resource: string): unknown {
  let body: unknown;
  try {
    body = parseYaml(text, { maxAliasCount: 100, intAsBigInt: true, logLevel: 'error' });
  } catch {
    throw refusal(resource, badRequest('error decoding YAML: the body is not YAML'));
  }
  return checked(body, resource);
}

function parsed(text: string, resource: string): unknown {
  let body: unknown;
  try {
    body = parseExact(text);
  } catch {
    // The parser's message would quote the body.
    throw refusal(resource, badRequest('the object provided is unrecognized: the body is not JSON'));
  }
  return checked(body, resource);
}

function checked(body: unknown, resource: string): unknown {
  if (isTooDeep(body)) throw refusal(resource, tooDeep());
  const read = asGoReads(body);
  if (read === undefined) throw refusal(resource, numberOutOfRange());
  return read.value;
}
