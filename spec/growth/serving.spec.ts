import { of } from 'rxjs';
import { describe, it } from 'vitest';
import { parseCollectionQuery } from '#src/serving/collection-query.ts';
import { decodeContinueToken, encodeContinueToken } from '#src/serving/continue-token.ts';
import { fieldValue } from '#src/serving/field-value.ts';
import { metadataFields } from '#src/serving/served-resource.ts';
import { versionFault } from '#src/serving/version-parameter.ts';
import { acceptedForm } from '#src/testing/apiserver/requests/accept.ts';
import { parseApiRequest } from '#src/testing/apiserver/requests/api-request.ts';
import { foreignRequest } from '#src/testing/apiserver/requests/foreign-request.ts';
import { isTooDeep } from '#src/testing/apiserver/objects/json-depth.ts';
import { copyJson } from '#src/testing/apiserver/objects/json-object.ts';
import { jsonPatch } from '#src/testing/apiserver/patch/json-patch.ts';
import { mergePatch } from '#src/testing/apiserver/patch/merge-patch.ts';
import { contentType, jsonBody } from '#src/testing/apiserver/requests/request-body.ts';
import { parseResourceName } from '#src/testing/apiserver/requests/resource-path.ts';
import { checkGrowth } from './growth.ts';
import { outcome } from './outcome.ts';

const resource = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', builtIn: true, fields: metadataFields };
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
const parameter = (name: string) => (text: string) =>
  parseCollectionQuery(resource, undefined, new URLSearchParams([[name, text]]));

const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  limit: parameter('limit'),
  labelSelector: parameter('labelSelector'),
  fieldSelector: parameter('fieldSelector'),
  'a continue token': decodeContinueToken,
  'the content of a continue token': (text) =>
    decodeContinueToken(btoa(`{"v":"meta.k8s.io/v1","rv":${text},"start":"${text}"}`)),
  'the key in a continue token': (text) => decodeContinueToken(encodeContinueToken({ version: 1n, start: text })),
  'a resource version': versionFault,
  'the path of a field': (text) => fieldValue(pod, text, ''),
  Accept: (text) => acceptedForm(text, 'v1/pods'),
  'Content-Type': (text) => contentType({ 'content-type': text }),
  Host: (text) => foreignRequest({ host: text }, {}),
  Origin: (text) => foreignRequest({ host: 'localhost', origin: text }, {}),
  'a body of YAML': (text) => {
    jsonBody(() => of(text), 'application/apply-patch+yaml', 'v1/pods').subscribe({ error: () => undefined });
  },
  'a path': (text) => parseApiRequest({ method: 'GET', url: `/${text}`, headers: {} }),
  'a query': (text) => parseApiRequest({ method: 'GET', url: `/?${text}`, headers: {} }),
  'the name of a resource': parseResourceName,
  'a path in a JSON patch': (text) => jsonPatch(pod, [{ op: 'add', path: `/${text}`, value: 1 }]),
};

describe.each(Object.entries(parsers))('%s is read in time that is in proportion to its text', (_, parse) => {
  it.each<readonly [string, (size: number) => string]>([
    ['slashes', (size) => '/'.repeat(size)],
    ['parts', (size) => 'a/'.repeat(size / 2)],
    ['dots', (size) => 'a.'.repeat(size / 2)],
    ['digits', (size) => '9'.repeat(size)],
    ['zeros', (size) => '0'.repeat(size)],
    ['dashes', (size) => `a${'-'.repeat(size)}`],
    ['blanks', (size) => `a${' '.repeat(size)}b`],
    ['commas', (size) => 'a,'.repeat(size / 2)],
    ['semicolons', (size) => `application/json${';a=b'.repeat(size / 4)}`],
    ['colons', (size) => ':'.repeat(size)],
    ['brackets', (size) => '['.repeat(size)],
    ['tildes', (size) => '~01'.repeat(size / 3)],
    ['percent signs', (size) => '%41'.repeat(size / 3)],
    ['ampersands', (size) => 'a=b&'.repeat(size / 4)],
    ['keys', (size) => '"rv":'.repeat(size / 5)],
  ])('%s', (__, text) => {
    checkGrowth((size) => {
      const input = text(size);
      return outcome(() => parse(input));
    }, 5000);
  });
});

const members = (size: number, value: unknown = 1): Record<string, unknown> =>
  Object.fromEntries(Array.from({ length: size }, (_, index) => [`k${index}`, value]));
const nested = (size: number): unknown => JSON.parse('{"a":'.repeat(size) + '1' + '}'.repeat(size));

describe('the embedded server takes time in proportion to an object', () => {
  it.each<readonly [string, number, (size: number) => () => unknown]>([
    ['to copy it', 1000, (size) => () => copyJson(members(size))],
    ['to look how wide it is', 1000, (size) => () => isTooDeep(members(size, { a: {} }))],
    ['to look how deep it is', 4000, (size) => () => isTooDeep(nested(size))],
    ['to merge it', 1000, (size) => () => mergePatch(members(size), members(size))],
    [
      'to patch it, an operation for each member',
      500,
      (size) => {
        const operations = Object.keys(members(size)).map((key) => ({ op: 'add', path: `/data/${key}`, value: '' }));
        return () => jsonPatch({ data: {} }, operations);
      },
    ],
    [
      'to patch it, an operation for each element',
      500,
      (size) => {
        const operations = Array.from({ length: size }, () => ({ op: 'add', path: '/list/-', value: '' }));
        return () => jsonPatch({ list: [] }, operations);
      },
    ],
  ])('%s', (_, size, work) => {
    checkGrowth(work, size);
  });
});
