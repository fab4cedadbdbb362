import { map, type Observable } from 'rxjs';
import { parse as parseYaml } from 'yaml';
import { parseExact } from '../../../protocol/numbers/parse-exact.ts';
import { badRequest, refusal } from '../../../serving/failure-status.ts';
import { asGoReads } from '../objects/go-numbers.ts';
import { isTooDeep } from '../objects/json-depth.ts';
import { type ExpectedKind, protobufBody } from '../protobuf/protobuf-body.ts';
import { ProtobufFault } from '../protobuf/protobuf-fault.ts';
import { numberOutOfRange, tooDeep, unsupportedMediaType, unsupportedPatch } from './refusals.ts';

/** The longest body of a request, in bytes. Source: apiserver `server/config.go`, MaxRequestBodyBytes. */
export const maxBodyBytes: number = 3 * 1024 * 1024;

/**
 * The body of a request as text, read when it is subscribed to; errors with KubeError 413 beyond {@link maxBodyBytes}.
 * `latin1`: a character for each byte. Default: `utf8`.
 */
export type BodyText = (resource: string, encoding?: 'utf8' | 'latin1') => Observable<string>;

/** What a body may be beside JSON. */
export interface BodyForms {
  /** Only patches are taken; an apply is YAML. Default: false, objects and options. */
  readonly isPatch?: boolean;
  /** The kind of a body of protobuf that does not say it. Default: none is taken, as of custom resources. */
  readonly protobuf?: ExpectedKind | undefined;
}

/** YAML, which includes JSON. */
const yamlType = 'application/yaml';
const applyType = 'application/apply-patch+yaml';
const protobufType = 'application/vnd.kubernetes.protobuf';

const isJson = /^application\/([a-z-]+\+)?json$/;

/** The type of the body, without parameters: `application/json` where the request names none. */
export function contentType(headers: Readonly<Record<string, unknown>>): string {
  const { 'content-type': given } = headers;
  return (typeof given === 'string' && given !== '' ? given : 'application/json').split(';')[0]?.trim() ?? '';
}

/**
 * Reads the body of a request: JSON, YAML, or protobuf where that is taken; `undefined` where it is empty. Integers that a number
 * would round are BigInts. Errors with KubeError 400 for what cannot be read as its type says, for what is nested too deep and
 * for a number that is too large for a float, 413 for more than 3 MiB, 415 for another type.
 */
export function jsonBody(
  text: BodyText,
  type: string,
  resource: string,
  { isPatch = false, protobuf }: BodyForms = {},
): Observable<unknown> {
  const isProtobuf = type === protobufType && protobuf !== undefined;
  return text(resource, isProtobuf ? 'latin1' : 'utf8').pipe(
    map((body) => {
      if (body === '') return undefined;
      if (isProtobuf) return parsedProtobuf(body, resource, protobuf);
      if (type === (isPatch ? applyType : yamlType)) return parsedYaml(body, resource);
      if (isJson.test(type)) return parsed(body, resource);
      if (isPatch) throw refusal(resource, unsupportedPatch());
      const taken = ['application/json', yamlType, ...(protobuf === undefined ? [] : [protobufType])];
      throw refusal(resource, unsupportedMediaType(taken));
    }),
  );
}

function parsedProtobuf(body: string, resource: string, expected: ExpectedKind): unknown {
  try {
    return checked(protobufBody(Buffer.from(body, 'latin1'), expected), resource);
  } catch (error) {
    if (!(error instanceof ProtobufFault)) throw error;
    throw refusal(resource, badRequest(error.message));
  }
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
