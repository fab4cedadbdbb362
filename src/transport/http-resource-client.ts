import { defer, map, type Observable, tap } from 'rxjs';
import { type Awaitable, awaitable } from '../protocol/awaitable.ts';
import { KubeError } from '../protocol/errors/kube-error.ts';
import { checkExactIntegers, parseExact } from '../protocol/numbers/parse-exact.ts';
import { type JsonParser, parseJson } from '../sharing/sibling-parser.ts';
import type { Patch } from '../protocol/patch.ts';
import type {
  DeleteOptions,
  NewObject,
  ObjectReference,
  ResourceClient,
  WriteOptions,
} from '../protocol/resource-client.ts';
import { builtInByName } from '../protocol/objects/built-in-names.ts';
import type { Status } from '../protocol/errors/status.ts';
import { acceptResponse } from './accept-response.ts';
import type { HttpClient, HttpRequest } from './request/http-client.ts';
import { jsonBody } from './decode/json-body.ts';
import { isJsonRecord } from './decode/json-record.ts';
import { holdable } from './decode/holdable.ts';
import { tellNotServed } from './request/not-served.ts';
import { isText, malformed } from './decode/object-rule.ts';
import { isLabel, type Resource, resourceInWords, resourcePath } from './request/parse-resource.ts';
import { readBody } from './decode/read-body.ts';
import { query } from './request/request-query.ts';
import type { AnswerOptions } from './request/reading-options.ts';
import { serverWarnings } from './request/server-warnings.ts';

/** Options of {@link httpResourceClient}. */
export interface HttpResourceClientOptions extends AnswerOptions {
  readonly http: HttpClient;
  readonly resource: Resource;
  /** A clock in milliseconds since 1970, for a `Retry-After` that is a date in a response without `Date`. */
  readonly now?: (() => number) | undefined;
}

const patchTypes: Readonly<Record<Patch<unknown>['type'], string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  // JSON is YAML, and all versions of the server take apply patches under this type.
  apply: 'application/apply-patch+yaml',
};

/**
 * Reads and writes single objects over HTTP, as raw JSON.
 *
 * ```ts
 * const configMaps = httpResourceClient<Raw<V1ConfigMap>>({
 *   http: fetchHttpClient({ server: 'http://localhost:8001' }),
 *   resource: parseResource('v1/configmaps'),
 * });
 * const reference = { namespace: 'default', name: 'settings' };
 * const { data } = await configMaps.get(reference);
 * await configMaps.patch(reference, { type: 'merge', body: { data: { size: '2' } } });
 * ```
 */
export function httpResourceClient<T>(options: HttpResourceClientOptions): ResourceClient<T> {
  checkExactIntegers(options.exactIntegers);
  return clientOf<T>({ ...options, warn: serverWarnings(options) }, undefined);
}

interface ClientParts extends Omit<HttpResourceClientOptions, 'onWarning'> {
  readonly warn: ReturnType<typeof serverWarnings>;
}

function clientOf<T>(parts: ClientParts, subresource: string | undefined): ResourceClient<T> {
  const { http, resource, now, warn, exactIntegers = false } = parts;
  const name = resourceInWords(resource);
  const words = subresource === undefined ? name : `${name}/${subresource}`;
  const namespaced = builtInByName(name)?.namespaced;

  function send(request: () => Omit<HttpRequest, 'resource'>): Observable<unknown> {
    return defer(() => {
      const sent: HttpRequest = { resource: words, ...request() };
      return http(sent).pipe(
        tap((event) => warn(words, event)),
        acceptResponse(words, now),
        tellNotServed(words, sent.path, 'object', namespaced === undefined ? otherScope(sent.path) : ''),
        readBody(words),
      );
    }).pipe(map((body) => parsed(words, body, exactIntegers ? parseExact : parseJson)));
  }

  function object(
    request: () => Omit<HttpRequest, 'resource'>,
    mayBeNameless = subresource !== undefined,
  ): Awaitable<T> {
    const object$ = send(request).pipe(
      map((value) => {
        const answer = mayBeNameless && isJsonRecord(value) ? value : holdable(value);
        if (typeof answer === 'string') throw malformed(words, `the answer ${answer}`);
        return answer as T;
      }),
    );
    return awaitable(object$);
  }

  function path(reference: Partial<ObjectReference>, parameters: string, isOne = true): string {
    const { name: objectName, namespace } = reference;
    if (namespace && !isLabel(namespace)) throw badRequest(words, 'the namespace of the object is none');
    if (namespaced === true && !namespace)
      throw badRequest(
        words,
        `the namespace of the object is missing, and ${name} are in namespaces. Nothing was sent`,
      );
    if (namespaced === false && namespace)
      throw badRequest(words, `the object has a namespace, and ${name} have none. Nothing was sent`);
    const collection = resourcePath(resource, namespace);
    const one = isOne ? `/${encodeURIComponent(checkedName(words, objectName))}` : '';
    const part = isOne && subresource !== undefined ? `/${encodeURIComponent(subresource)}` : '';
    return `${collection}${one}${part}${parameters && `?${parameters}`}`;
  }

  return {
    resource: words,
    get(reference: ObjectReference): Awaitable<T> {
      return object(() => ({ method: 'GET', path: path(reference, ''), headers: json }));
    },
    create(created: NewObject<T>, write: WriteOptions = {}): Awaitable<T> {
      const isOne = subresource !== undefined;
      const metadata = metadataOf(created);
      return object(
        () => ({
          method: 'POST',
          path: path(metadata, writeQuery(write), isOne),
          ...content(words, created),
        }),
        // What is sent without a name is a question, and its answer has none either. A server refuses any other such object.
        isOne || (metadata.name === undefined && metadata.generateName === undefined),
      );
    },
    update(updated: T, write: WriteOptions = {}): Awaitable<T> {
      return object(() => ({
        method: 'PUT',
        path: path(metadataOf(updated), writeQuery(write)),
        ...content(words, updated),
      }));
    },
    patch(reference: ObjectReference, patch: Patch<T>, write: WriteOptions = {}): Awaitable<T> {
      const force = patch.type === 'apply' ? patch.force : undefined;
      return object(() => ({
        method: 'PATCH',
        path: path(reference, writeQuery(write, force)),
        ...content(words, patch.body, contentTypeOf(words, patch)),
      }));
    },
    delete(reference: ObjectReference, { dryRun, ...rest }: DeleteOptions = {}): Awaitable<T | Status> {
      const body = { apiVersion: 'v1', kind: 'DeleteOptions', ...rest, ...(dryRun && { dryRun: ['All'] }) };
      const answer$ = send(() => ({ method: 'DELETE', path: path(reference, ''), ...content(words, body) }));
      return awaitable(answer$ as Observable<T | Status>);
    },
    subresource<S = T>(part: string): ResourceClient<S> {
      return clientOf<S>(parts, part);
    },
  } satisfies ResourceClient<T>;
}

/** The other meaning of a 404 for a resource that is not built in: only the server knows whether it has namespaces. */
function otherScope(path: string): string {
  return /\/namespaces\/[^/]+\/[^/]/.test(path)
    ? ', or its objects are in no namespace'
    : ', or its objects are in namespaces and none was given';
}

const json = { accept: 'application/json' };

function content(resource: string, value: unknown, type = 'application/json'): Pick<HttpRequest, 'headers' | 'body'> {
  return { headers: { ...json, 'content-type': type }, body: jsonBody(resource, value) };
}

function writeQuery({ dryRun, fieldManager, fieldValidation }: WriteOptions, force?: boolean): string {
  return query({ dryRun: dryRun ? 'All' : undefined, fieldManager, fieldValidation, force });
}

// Without this check a misspelt patch (`json-patch`) would be sent as plain JSON, which the server refuses without a
// reason.
function contentTypeOf(resource: string, { type }: Pick<Patch<unknown>, 'type'>): string {
  if (Object.hasOwn(patchTypes, type)) return patchTypes[type];
  const known = Object.keys(patchTypes).join(', ');
  throw badRequest(resource, `the type of the patch is none of ${known}. Nothing was sent`);
}

function metadataOf(value: unknown): Partial<ObjectReference> & { readonly generateName?: unknown } {
  const metadata = isJsonRecord(value) ? value['metadata'] : undefined;
  return isJsonRecord(metadata) ? metadata : {};
}

// An empty name, or a dot that a path swallows, would name the collection: a deletion would delete all objects. A slash
// or a percent sign would name a part of another object. Source: apimachinery `api/validation/path/name.go`.
function checkedName(resource: string, name: unknown): string {
  if (!isText(name)) throw badRequest(resource, 'the name of the object is missing');
  if (name === '.' || name === '..' || /[/%]/.test(name)) throw badRequest(resource, 'the name of the object is none');
  return name;
}

function badRequest(resource: string, message: string): KubeError {
  return new KubeError({ reason: 'BadRequest', resource, message });
}

function parsed(resource: string, body: string, parse: JsonParser): unknown {
  try {
    return parse(body);
  } catch {
    // The message of JSON.parse quotes the text, which may be a Secret.
    throw malformed(resource, 'the answer is not JSON');
  }
}
