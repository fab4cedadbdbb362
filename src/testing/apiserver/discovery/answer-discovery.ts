import { createHash } from 'node:crypto';
import {
  type ApiReply,
  jsonHeaders,
  jsonReply,
  plainReply,
  statusReply,
  type TextReply,
} from '../requests/api-reply.ts';
import type { ApiRequest } from '../requests/api-request.ts';
import { methodNotAllowed, notAcceptable, onlyAccepted, resourceNotFound } from '../requests/refusals.ts';
import { type Catalog, isBuiltInGroup } from './catalog.ts';
import {
  aggregatedDocument,
  coreVersionsDocument,
  groupDocument,
  groupListDocument,
  resourceListDocument,
  versionDocument,
} from './documents.ts';
import { openApiIndex, openApiText, type SchemaOf } from './open-api.ts';

const aggregatedType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const aggregatedParameters = new Set(aggregatedType.split(';').slice(1));
const mediaTypes = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
const jsonTypes = new Set(['application/json', 'application/*', '*/*']);
const probes = new Set(['healthz', 'livez', 'readyz']);

/** The most special of the accepted forms that there are; `undefined` where there is none. */
function acceptedForm(accept: string): 'aggregated' | 'plain' | undefined {
  const forms = (accept === '' ? '*/*' : accept).split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    if (!jsonTypes.has(type)) return undefined;
    const named = parameters.filter((parameter) => /^(g|v|as)=/.test(parameter));
    if (named.length === 0) return 'plain';
    return named.length === 3 && named.every((each) => aggregatedParameters.has(each)) ? 'aggregated' : undefined;
  });
  return forms.find((form) => form === 'aggregated') ?? forms.find((form) => form === 'plain');
}

function aggregatedReply(document: object, { headers }: ApiRequest): TextReply {
  const reply = jsonReply(200, document);
  const hash = createHash('sha512').update(JSON.stringify(document)).digest('hex').toUpperCase();
  const shared = { 'Cache-Control': 'public', ETag: `"${hash}"`, Vary: 'Accept' };
  if (headers['if-none-match'] === `"${hash}"`) return { code: 304, headers: shared, body: '' };
  return { ...reply, headers: { ...shared, 'Content-Type': aggregatedType } };
}

function rootReply(root: string, request: ApiRequest, catalog: Catalog): ApiReply {
  const form = acceptedForm(request.headers.accept ?? '');
  if (form === undefined) return statusReply(onlyAccepted(mediaTypes));
  const isCore = root === 'api';
  const groups = catalog.groups();
  if (form === 'aggregated') {
    return aggregatedReply(aggregatedDocument(groups.filter(({ name }) => (name === '') === isCore)), request);
  }
  return jsonReply(200, isCore ? coreVersionsDocument(request.headers.host ?? '') : groupListDocument(groups));
}

function plainForm({ headers }: ApiRequest, document: object): ApiReply {
  return acceptedForm(headers.accept ?? '') === undefined
    ? statusReply(notAcceptable(`406: Not Acceptable\n\nAvailable representations: ${mediaTypes}`))
    : jsonReply(200, document);
}

/** What has no document: a group that nobody serves is not known to anybody who could say it in JSON. */
function notServed(group: string): ApiReply {
  return isBuiltInGroup(group) ? statusReply(resourceNotFound()) : plainReply(404, '404 page not found');
}

function versionReply(group: string, version: string, request: ApiRequest, catalog: Catalog): ApiReply {
  const found = catalog.version(group, version);
  return found === undefined ? notServed(group) : plainForm(request, resourceListDocument(group, found));
}

function groupReply(name: string, request: ApiRequest, catalog: Catalog): ApiReply {
  const group = name === '' ? undefined : catalog.group(name);
  return group === undefined ? notServed(name) : plainForm(request, groupDocument(group));
}

/** Clients keep a document by its hash, and are led to that of the one that there is. */
function openApiReply(
  path: readonly string[],
  request: ApiRequest,
  { catalog, schemaOf }: Discovered,
): ApiReply | undefined {
  const [root, ...parts] = path;
  if (root === undefined) return jsonReply(200, openApiIndex(catalog.groups(), schemaOf));
  const [group = '', version = '', ...rest] = root === 'api' ? ['', ...parts] : parts;
  const found = rest.length === 0 ? catalog.version(group, version) : undefined;
  if (found === undefined) return undefined;
  if (acceptedForm(request.headers.accept ?? '') === undefined) return plainReply(406, '');
  const { text, hash } = openApiText(group, found, schemaOf);
  const headers = { ETag: `"${hash}"`, Vary: 'Accept' };
  const asked = request.query.get('hash') ?? '';
  if (asked !== '' && asked !== hash) {
    return { code: 301, headers: { ...headers, Location: `/openapi/v3/${path.join('/')}?hash=${hash}` }, body: '' };
  }
  if (request.headers['if-none-match'] === `"${hash}"`) return { code: 304, headers, body: '' };
  const cached = asked === '' ? {} : { 'Cache-Control': 'public, immutable' };
  return { code: 200, headers: { ...jsonHeaders, ...cached, ...headers }, body: text };
}

function probeReply(name: string, { query }: ApiRequest): ApiReply {
  const { headers } = plainReply(200, '');
  const isVerbose = query.has('verbose') || query.has('verbose=');
  return { code: 200, headers, body: isVerbose ? `[+]ping ok\n${name} check passed\n` : 'ok' };
}

function documentReply(request: ApiRequest, discovered: Discovered): ApiReply | undefined {
  const { catalog } = discovered;
  const [root = '', ...rest] = request.path.replace(/\/$/, '').split('/').slice(1);
  if (rest.includes('')) return undefined;
  const [first, second] = rest;
  if (root === 'version') return rest.length === 0 ? jsonReply(200, versionDocument(catalog.release)) : undefined;
  if (probes.has(root)) return rest.length === 0 || first === 'ping' ? probeReply(root, request) : undefined;
  if (root === 'openapi') return first === 'v3' ? openApiReply(rest.slice(1), request, discovered) : undefined;
  if (root !== 'api' && root !== 'apis') return undefined;
  if (first === undefined) return rootReply(root, request, catalog);
  if (root === 'api') return second === undefined ? versionReply('', first, request, catalog) : undefined;
  if (second === undefined) return groupReply(first, request, catalog);
  return rest.length === 2 ? versionReply(first, second, request, catalog) : undefined;
}

/** What there is to find out: what is served, and the schemas of custom resources. */
export interface Discovered {
  readonly catalog: Catalog;
  readonly schemaOf: SchemaOf;
}

/**
 * Answers what a client asks to find out what is served: `/version`, `/api`, `/apis`, groups and their versions, all at once
 * for those who accept it, `/openapi/v3`, and `/healthz`, `/livez` and `/readyz`. `undefined`: it is no such path.
 */
export function answerDiscovery(request: ApiRequest, discovered: Discovered): ApiReply | undefined {
  const reply = documentReply(request, discovered);
  if (reply === undefined || request.method === 'GET') return reply;
  return statusReply(methodNotAllowed());
}
