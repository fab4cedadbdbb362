import { from, lastValueFrom } from 'rxjs';
import { describe, it } from 'vitest';
import { parseCollectionPath } from '#src/client-node/parse-collection-path.ts';
import { commonParts } from '#src/sharing/common-parts.ts';
import type { JsonNode } from '#src/sharing/json-node.ts';
import { indexOfPart } from '#src/sharing/part.ts';
import { decodeFailure } from '#src/transport/decode/decode-status.ts';
import { decodeWatchFrames } from '#src/transport/decode/decode-watch-frames.ts';
import type { HttpHead } from '#src/transport/request/http-client.ts';
import { FrameSplitter } from '#src/transport/decode/frame-splitter.ts';
import { ListParser } from '#src/transport/decode/list-parser.ts';
import { findResource } from '#src/transport/discovery/find-resource.ts';
import { UnknownResourceError } from '#src/transport/discovery/unknown-resource-error.ts';
import { isLabel, parseResource } from '#src/transport/request/parse-resource.ts';
import { readBody } from '#src/transport/decode/read-body.ts';
import { checkSelectors } from '#src/transport/request/request-query.ts';
import { retryAfter } from '#src/transport/request/retry-after.ts';
import { parseJson, siblingParser } from '#src/sharing/sibling-parser.ts';
import { withoutEndSlashes } from '#src/transport/request/without-end-slashes.ts';
import { checkCost, checkGrowth } from './growth.ts';
import { outcome } from './outcome.ts';

const owner = '"ownerReferences":[{"uid":"9e107d9d-1111-4222-8333-444444444444","controller":true}]';
const object = (name: number, spec: string): string => `{"metadata":{"name":"n${name}",${owner}},"spec":${spec}}`;
const nested = (depth: number, leaf: string): string => '{"a":'.repeat(depth) + leaf + '}'.repeat(depth);
const many = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => each(index)).join();
const padded = (index: number): string => String(index).padStart(80, 'q');

/** What the n-th object of an owner has for its spec, in so many characters. */
const specs: readonly (readonly [string, (name: number, size: number) => string])[] = [
  ['a long text within 90 levels', (name, size) => nested(90, `"${'x'.repeat(size)}${name}"`)],
  ['a long list within 90 levels', (name, size) => nested(90, `[${many(size / 2, () => '0')},${name}]`)],
  ['what is equal within 90 levels', (name, size) => nested(90, `[{"a":["${'x'.repeat(size)}"]},${name}]`)],
  [
    'what is long in every second object, within 90 levels',
    (name, size) => nested(90, `{"y":${name},"x":"${'x'.repeat(name % 2 === 0 ? size : 1)}"}`),
  ],
  ['brackets', (name, size) => `[${name},${'['.repeat(size / 2)}${']'.repeat(size / 2)}]`],
  ['what Go escapes', (name, size) => nested(40, `["${'<'.repeat(size)}",${name}]`)],
  [
    'many parts that are written as in JavaScript',
    (name, size) => `[${many(size / 100, (index) => `{"t":["${padded(index)}"],"i":${name}}`)}]`,
  ],
  [
    'many parts that are not',
    (name, size) => `[${many(size / 100, (index) => `{"t":["${padded(index)}",1.0],"i":${name}}`)}]`,
  ],
  [
    'many parts that begin alike',
    (name, size) => `[${many(size / 200, (index) => `{"t":["${padded(0)}",${index}.0],"i":${name}}`)}]`,
  ],
  ['one key after another', (name, size) => `{${many(size / 20, (index) => `"k${index}":"${name}xxxx"`)}}`],
  ['empty objects', (name, size) => `[${name},${many(size / 3, () => '{}')}]`],
  [
    'a text that repeats itself',
    (name, size) => `[["${'a'.repeat(100)}",1.0],["${'a'.repeat(size / 2)}b"],"${'a'.repeat(size / 2)}",${name}]`,
  ],
  ['a long key', (name, size) => `{"${'k'.repeat(size)}":{"a":["${padded(0)}"],"i":${name}}}`],
];

/** Parses eight objects of an owner that are small, and then four that are large. */
const parsing =
  (spec: (name: number, size: number) => string, parserOf: () => (text: string) => unknown) => (size: number) => {
    const parse = parserOf();
    for (let name = 0; name < 8; name++) parse(object(name, spec(name, 200)));
    const texts = [8, 9, 10, 11].map((name) => object(name, spec(name, size)));
    return () => texts.map((text) => parse(text));
  };

describe('siblingParser', () => {
  it.each(specs)('takes time in proportion to the texts: %s', (_, spec) => {
    checkGrowth(parsing(spec, siblingParser), 16_000);
  });

  it.each(specs)('takes no more than some times what JSON.parse does: %s', (_, spec) => {
    checkCost(
      parsing(spec, siblingParser),
      parsing(spec, () => parseJson),
      256 * 1024,
      16,
    );
  });
});

describe('commonParts takes time in proportion to both objects', () => {
  const nodes = (size: number, last: number): JsonNode =>
    JSON.parse(`[${many(size / 100, (index) => `{"t":["${padded(index)}",${last}]}`)}]`) as JsonNode;
  it.each<readonly [string, (size: number) => readonly [JsonNode, JsonNode]]>([
    ['the first one large', (size) => [nodes(size, 0), nodes(200, 0)]],
    ['the second one large', (size) => [nodes(200, 0), nodes(size, 0)]],
    ['both large', (size) => [nodes(size, 0), nodes(size, 1)]],
    ['both equal', (size) => [nodes(size, 0), nodes(size, 0)]],
  ])('%s', (_, both) => {
    checkGrowth((size) => {
      const [first, second] = both(size);
      const text = JSON.stringify(second);
      return () => commonParts(first, second, text);
    }, 20_000);
  });

  it('looking for a part that begins as much else does', () => {
    checkGrowth((size) => {
      const part = `"${'a'.repeat(size)}b"`;
      const text = `["${'a'.repeat(size)}","${'a'.repeat(size)}c"]`;
      return () => indexOfPart(text, part, part.slice(0, 64), 0);
    }, 20_000);
  });
});

const inChunks = (text: string, length: number): string[] => text.match(new RegExp(`.{1,${length}}`, 'gs')) ?? [];

describe('a list is parsed in time that is in proportion to its text', () => {
  const item = (index: number, more = ''): string => `{"metadata":{"name":"n${index}"${more}}}`;
  const list = (items: string): string => `{"kind":"List","metadata":{},"items":[${items}]}`;
  it.each<readonly [string, (size: number) => string]>([
    ['short items', (size) => list(many(size / 30, (index) => item(index)))],
    ['one long item', (size) => list(item(0, `,"x":"${'x'.repeat(size)}"`))],
    ['one item that holds what looks like items', (size) => list(item(0, `,"x":[${many(size / 30, item)}]`))],
    [
      'items that hold what looks like items',
      (size) => list(many(size / 300, (index) => item(index, `,"x":[${many(9, item)}]`))),
    ],
    ['beginnings of items within texts', (size) => list(item(0, `,"x":"${'},{\\"metadata\\":{'.repeat(size / 18)}"`))],
    ['beginnings of lists', (size) => `{"x":[${many(size / 14, () => '{"items":[]}')}],"items":[${item(0)}]}`],
    ['marks', (size) => list(item(0, `,"x":"${'\\u0001'.repeat(size / 6)}"`))],
    ['a long head', (size) => `{"kind":"${'k'.repeat(size)}","items":[${item(0)},${item(1)}]}`],
    [
      'a long opening',
      (size) =>
        `{"items":[{"${'k'.repeat(400)}":0,"metadata":{}},${many(size / 420, () => `{"${'k'.repeat(400)}":0}`)}]}`,
    ],
  ])('%s', (_, text) => {
    for (const length of [16, 16_384]) {
      checkGrowth((size) => {
        const chunks = inChunks(text(size), length);
        const parser = new ListParser(parseJson);
        return () => {
          for (const chunk of chunks) parser.push(chunk);
          return parser.end();
        };
      }, 20_000);
    }
  });
});

const bytes = (text: string, length: number): Uint8Array[] =>
  inChunks(text, length).map((chunk) => new TextEncoder().encode(chunk));

describe('a stream of lines is cut in time that is in proportion to it', () => {
  it.each([
    ['one long line', (size: number) => 'x'.repeat(size)],
    ['empty lines', (size: number) => '\n'.repeat(size)],
    ['line ends of two characters', (size: number) => '\r\n'.repeat(size / 2)],
    ['carriage returns', (size: number) => '\r'.repeat(size)],
    ['short lines', (size: number) => 'x\n'.repeat(size / 2)],
    ['frames one behind the other', (size: number) => '{"a":1}'.repeat(size / 7)],
    ['one frame of many lines', (size: number) => `{"a":[\n${'{},\n'.repeat(size / 4)}1]}`],
    ['one frame that never ends', (size: number) => '{"a":'.repeat(size / 5)],
  ])('%s', (_, text) => {
    for (const length of [1, 16_384]) {
      checkGrowth((size) => {
        const chunks = bytes(text(size), length);
        // As whoever parses it: a text that was not cut by braces may be a part of a frame.
        const isFrame = (given: string, isCut: boolean) =>
          isCut || !given.startsWith('{') || given.endsWith('}') ? true : undefined;
        const frames = new FrameSplitter(2 ** 26);
        return () => {
          for (const chunk of chunks) frames.push(chunk, isFrame);
          return frames.end(() => true);
        };
      }, 4000);
    }
  });

  it('the frames of a watch', () => {
    const rule = { resource: 'v1/pods', apiVersion: 'v1' };
    const frame = '{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"1"}}}\n';
    checkGrowth((size) => {
      const chunks = bytes(frame.repeat(size), 1000);
      return () =>
        from(chunks.map((each) => ({ type: 'chunk', bytes: each }) as const))
          .pipe(decodeWatchFrames(rule))
          .subscribe();
    }, 500);
  });

  it('a body', () => {
    checkGrowth((size) => {
      const chunks = bytes('é'.repeat(size), 1);
      const body$ = from(chunks.map((each) => ({ type: 'chunk', bytes: each }) as const)).pipe(readBody('v1/pods'));
      return () => lastValueFrom(body$);
    }, 4000);
  });
});

const head = (header: string): HttpHead => ({ type: 'head', status: 429, header: () => header });
const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  'the body of a failure': (text) => decodeFailure('v1/pods', head(''), text),
  'Retry-After': (text) => retryAfter(head(text)),
  'the name of a resource': parseResource,
  'a word for a resource': (text) => findResource([], text),
  'the name of an unknown resource': (text) => new UnknownResourceError(text, { resources: [], failures: [] }),
  'a namespace': isLabel,
  'the path of a collection': parseCollectionPath,
  'the path of a server': withoutEndSlashes,
  'the name of an option': (text) => checkSelectors({ [text]: '' }),
};

describe.each(Object.entries(parsers))('%s is read in time that is in proportion to its text', (_, parse) => {
  it.each<readonly [string, (size: number) => string]>([
    ['slashes', (size) => '/'.repeat(size)],
    ['slashes, and something else', (size) => `${'/'.repeat(size)}a`],
    ['slashes after a path', (size) => `/api/v1/pods${'/'.repeat(size)}?a`],
    ['dashes', (size) => `a${'-'.repeat(size)}`],
    ['labels', (size) => `${'a-a.'.repeat(size / 4)}/v1/pods`],
    ['parts', (size) => 'a/'.repeat(size / 2)],
    ['blanks', (size) => `a${' '.repeat(size)}b`],
    ['blanks between letters', (size) => 'a '.repeat(size / 2)],
    ['line ends', (size) => '\n'.repeat(size)],
    ['digits', (size) => '9'.repeat(size)],
    ['a date, and much else', (size) => `Wed, 21 Oct 2015 07:28:00 GMT ${'('.repeat(size)}`],
    ['parentheses', (size) => '('.repeat(size)],
    ['percent signs', (size) => `/api/${'%41'.repeat(size / 3)}`],
    ['brackets', (size) => '['.repeat(size)],
    ['a query', (size) => `/api/v1/pods?${'labelSelector=a&'.repeat(size / 16)}`],
    ['the letter s', (size) => 's'.repeat(size)],
  ])('%s', (__, text) => {
    checkGrowth((size) => {
      const input = text(size);
      return outcome(() => parse(input));
    }, 5000);
  });
});
