import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ListParser } from '#src/transport/decode/list-parser.ts';
import { type JsonParser, siblingParser } from '#src/sharing/sibling-parser.ts';

const owner = { kind: 'ReplicaSet', name: 'web', uid: '9e107d9d-1111-4222-8333-444444444444', controller: true };
const longText = 'a text that is long enough for the part that holds it to be worth a search';
const version = { resourceVersion: '7', continue: 'next' };

const pod = (name: string, more: object = {}): object => ({
  metadata: { name, resourceVersion: '3', ownerReferences: [owner] },
  spec: { containers: [{ image: longText }], nodeName: name },
  ...more,
});

/** As a typed encoder prints a list, and as one that sorts the keys does. */
const typed = (items: unknown, metadata: object = version): string =>
  JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata, items });
const sorted = (items: readonly object[], metadata: object = version): string =>
  JSON.stringify({
    apiVersion: 'v1',
    items: items.map((item) => ({ apiVersion: 'v1', kind: 'Pod', ...item })),
    kind: 'PodList',
    metadata,
  });

interface Pod {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly containers: object };
}

/** What a parser makes of a text that comes in parts of such a length. */
function parsed(text: string, length = text.length, parse: JsonParser = siblingParser({ compareAfter: 1 })): unknown {
  const parser = new ListParser(parse);
  for (let at = 0; at < text.length; at += length) parser.push(text.slice(at, at + length));
  return parser.end();
}

const itemsOf = (list: unknown): readonly Pod[] => (list as { readonly items: readonly Pod[] }).items;

/** The value, and its text because the order of keys counts too; or that there is none. */
function outcome(parse: () => unknown): unknown {
  try {
    const value = parse();
    return [value, JSON.stringify(value)];
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return 'no JSON';
  }
}

function expectAsJson(text: string, length?: number): void {
  expect(outcome(() => parsed(text, length))).toEqual(outcome(() => JSON.parse(text)));
}

const mark = '\\u0001';
const names = ['a', 'b', 'c', 'd', 'e'];

describe('ListParser', () => {
  it.each([
    ['typed', typed],
    ['sorted', sorted],
  ])('takes over what the items of an owner have in common, from a %s list', (_, listed) => {
    const text = listed(names.map((name) => pod(name)));
    for (const length of [1, 100, text.length]) {
      const items = itemsOf(parsed(text, length));
      expect(items.map(({ metadata }) => metadata.name)).toEqual(names);
      expect(items[3]?.spec.containers).toBe(items[0]?.spec.containers);
    }
  });

  it('takes it over on the next page too', () => {
    const parse = siblingParser({ compareAfter: 1 });
    const text = typed(names.map((name) => pod(name)));
    const [first, second] = [1, 2].map(() => itemsOf(parsed(text, text.length, parse)));
    expect(second?.[0]?.spec.containers).toBe(first?.[0]?.spec.containers);
  });

  const nested = { templates: [pod('n'), pod('n'), pod('n')] };
  const looks = `"}},{"metadata":{"name":"x"}`;
  it.each<[string, string]>([
    ['null', typed(null)],
    ['no items', typed([])],
    ['one item', typed([pod('a')])],
    ['items that hold what looks like items', typed(names.map((name) => pod(name, nested)))],
    ['a last item that does', typed([pod('a'), pod('b'), pod('c', nested)])],
    ['texts that look like items', typed(names.map((name) => pod(name, { data: looks })))],
    ['items that are of two kinds', typed([pod('a'), pod('b'), { spec: {}, ...pod('c') }, pod('d'), pod('e')])],
    ['a null item', typed([pod('a'), pod('b'), null, pod('d')])],

    ['members in another order', JSON.stringify({ items: names.map((name) => pod(name)), metadata: version })],
    ['white space', JSON.stringify(JSON.parse(typed(names.map((name) => pod(name)))), null, 2)],
    ['its members twice', typed([pod('a'), pod('b')]).replace(/\}$/u, ',"items":[],"metadata":{}}')],
    ['its items twice', typed([pod('a'), pod('b')]).replace('},{"metadata"', '}],"items":[{"metadata"')],
    ['an item that ends early', typed([pod('a'), pod('b'), pod('c')]).replace('"b"', 'b')],
    ['another list before its own', `{"x":{"items":[{"metadata":{}},{"metadata":{}}]},${typed([]).slice(1)}`],
    ['an own __proto__', typed(names.map((name) => pod(name))).replaceAll('"nodeName"', '"__proto__"')],
    ['an own __proto__ of the list', typed([pod('a'), pod('b')]).replace('{', '{"__proto__":{"items":[]},')],
    ['a mark of its own', typed([pod('a'), pod('b')]).replace(/\}$/u, `,"items":["${mark}","x"]}`)],
    ['a mark before its items', typed([pod('a'), pod('b')]).replace('{', `{"x":"${mark}",`)],
  ])('gives what JSON.parse gives of a list with %s', (_, text) => {
    for (const length of [1, 7, 100, text.length]) expectAsJson(text, length);
  });

  it('gives what JSON.parse gives, and refuses what it refuses, wherever a text ends or lacks something', () => {
    const body = typed([pod('a'), pod('b', { note: '<é\u{1f600}>' }), pod('c')]);
    for (let end = 0; end < body.length; end++) {
      expectAsJson(body.slice(0, end));
      expectAsJson(body.slice(0, end) + body.slice(end + 1));
    }
  });

  it.each([
    ['a thousand items that hold what looks like items', Array.from({ length: 1000 }, () => pod('a', nested))],
    [
      'an item that holds a thousand',
      [pod('a', { templates: Array.from({ length: 1000 }, () => pod('n')) }), pod('b')],
    ],
    ['an item of many MiB', [pod('a'), pod('b', { data: 'x'.repeat(5 * 1024 * 1024) }), pod('c'), pod('d')]],
  ])('gives what JSON.parse gives of %s', (_, items) => {
    expectAsJson(typed(items), 64 * 1024);
  });

  it('takes a long item of many parts in linear time', () => {
    // A copy of what there is for each of so many parts would be 80 GB, far beyond the time limit of a test.
    expectAsJson(typed([pod('a'), pod('b', { data: 'x'.repeat(400_000) }), pod('c')]), 1);
  });

  it('gives what JSON.parse gives of a list that has its mark, in linear time', () => {
    expectAsJson(typed([pod('a'), pod('b'), pod('c', { data: '\u0001'.repeat(300_000) })]), 64 * 1024);
    for (const count of [0, 1, 2, 3]) {
      const items = `"items":[${JSON.stringify('\u0001'.repeat(count))},"x"]`;
      expectAsJson(typed([pod('a'), pod('b')]).replace(/\}$/u, `,${items}}`));
      expectAsJson(typed([pod('a'), pod('b')]).replace('{', `{"x":${JSON.stringify(items)},`));
    }
  });

  it('does not parse a long item over and over that holds what looks like items', () => {
    const data = 'x'.repeat(3 * 1024 * 1024);
    const text = typed([pod('a'), pod('b', { data, templates: Array.from({ length: 90 }, () => pod('n')) }), pod('c')]);
    let characters = 0;
    const counting: JsonParser = (each) => {
      characters += each.length;
      return JSON.parse(each);
    };
    expect(parsed(text, 64 * 1024, counting)).toEqual(JSON.parse(text));
    expect(characters).toBeLessThan(4 * text.length);
  });

  it('parses an item as soon as the next one has begun', () => {
    const seen: string[] = [];
    const parser = new ListParser((text) => {
      const value: unknown = JSON.parse(text);
      seen.push((value as Pod).metadata.name);
      return value;
    });
    const text = typed(names.map((name) => pod(name)));
    parser.push(text.slice(0, text.indexOf('"name":"c"')));
    expect(seen).toEqual(['a', 'b']);
  });

  it('gives what JSON.parse gives, whatever the items', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.constantFrom(longText, looks, '"items":[', null, '}],"kind":', '{"metadata":{'),
      fc.integer(),
    );
    const { node } = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('node'), { maxLength: 3 }),
        fc.array(fc.record({ metadata: fc.dictionary(fc.constantFrom('name', 'x'), tie('node')) }), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('metadata', 'items', 'kind', '__proto__', '0', 'spec'), tie('node'), {
          maxKeys: 4,
        }),
      ),
    }));
    const item = fc.oneof(
      { weight: 8, arbitrary: fc.record({ spec: node, data: node }).map((more) => pod('a', more)) },
      { weight: 1, arbitrary: node },
    );
    const members = fc.record({
      extra: node,
      before: node,
      isTyped: fc.boolean(),
      length: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 8 }), members, (items, { extra, before, isTyped, length }) => {
        const metadata = { ...version, extra };
        const list = isTyped
          ? { kind: 'PodList', apiVersion: 'v1', metadata, before, items, extra }
          : { apiVersion: 'v1', before, items, kind: 'PodList', metadata };
        expectAsJson(JSON.stringify(list), length);
      }),
      { numRuns: 300 },
    );
  });
});
