import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject, ListPage } from 'kuberx';
import { decodeListPage } from '#src/transport/decode-list-page.ts';
import type { ObjectRule } from '#src/transport/object-rule.ts';
import { siblingParser } from '#src/transport/sibling-parser.ts';

const rule: ObjectRule = { resource: 'v1/pods', apiVersion: 'v1' };
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

type Pod = KubernetesObject & { readonly spec: { readonly containers: object } };

const decode = (body: string): ListPage<Pod> => decodeListPage<Pod>(body, rule, siblingParser());

/** The page, or in words what is wrong with it; twice, because the order of keys counts too. */
function outcome(page: () => ListPage<unknown>): unknown {
  try {
    const found = page();
    const { items, ...rest } = found;
    return [rest, items, JSON.stringify(items)];
  } catch (error) {
    return String(error);
  }
}

function expectAsPlain(body: string): void {
  const plain = outcome(() => decodeListPage(body, rule));
  expect(outcome(() => decode(body))).toEqual(plain);
}

const names = ['a', 'b', 'c', 'd', 'e'];

describe('decodeListPage with a siblingParser', () => {
  it.each([
    ['typed', typed],
    ['sorted', sorted],
  ])('takes over what the items of an owner have in common, from a %s list', (_, listed) => {
    const body = listed(names.map((name) => pod(name)));
    const { items } = decode(body);
    expect(items).toHaveLength(5);
    expect(items[3]?.spec.containers).toBe(items[0]?.spec.containers);
    expectAsPlain(body);
  });

  it('takes it over on the next page too', () => {
    const parse = siblingParser();
    const [first, second] = ['x', 'y'].map((page) =>
      decodeListPage<Pod>(typed(names.map((name) => pod(`${page}-${name}`))), rule, parse),
    );
    expect(second?.items[0]?.spec.containers).toBe(first?.items[0]?.spec.containers);
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
    ['an item without name', typed([pod('a'), pod('b', { metadata: { resourceVersion: '1' } }), pod('c')])],
    ['an item of another version', typed([pod('a'), pod('b', { apiVersion: 'v2', kind: 'Pod' }), pod('c')])],
    ['members in another order', JSON.stringify({ items: names.map((name) => pod(name)), metadata: version })],
    ['white space', JSON.stringify(JSON.parse(typed(names.map((name) => pod(name)))), null, 2)],
    ['its members twice', typed([pod('a'), pod('b')]).replace(/\}$/u, ',"items":[],"metadata":{}}')],
    ['its items twice', typed([pod('a'), pod('b')]).replace('},{"metadata"', '}],"items":[{"metadata"')],
    ['an item that ends early', typed([pod('a'), pod('b'), pod('c')]).replace('"b"', 'b')],
    ['another list before its own', `{"x":{"items":[{"metadata":{}},{"metadata":{}}]},${typed([]).slice(1)}`],
    ['an own __proto__', typed(names.map((name) => pod(name))).replaceAll('"nodeName"', '"__proto__"')],
    ['an own __proto__ of the list', typed([pod('a'), pod('b')]).replace('{', '{"__proto__":{"items":[]},')],
    ['the mark of the last item', typed(['a', 'an item that kuberx has cut out', pod('b'), pod('c')])],
    ['no version', typed([pod('a'), pod('b')], {})],
    ['another version of the list', typed([pod('a'), pod('b')]).replace('"v1"', '"v2"')],
  ])('gives what JSON.parse gives of a list with %s', (_, body) => {
    expectAsPlain(body);
  });

  it('gives what JSON.parse gives, and says the same of what is wrong, wherever a list is cut', () => {
    const body = typed([pod('a'), pod('b', { note: '<é\u{1f600}>' }), pod('c')]);
    for (let end = 0; end < body.length; end++) {
      expectAsPlain(body.slice(0, end));
      expectAsPlain(body.slice(0, end) + body.slice(end + 1));
    }
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
    const members = fc.record({ extra: node, before: node });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 8 }), members, fc.boolean(), (items, { extra, before }, isTyped) => {
        const metadata = { ...version, extra };
        const list = isTyped
          ? { kind: 'PodList', apiVersion: 'v1', metadata, before, items, extra }
          : { apiVersion: 'v1', before, items, kind: 'PodList', metadata };
        expectAsPlain(JSON.stringify(list));
      }),
      { numRuns: 300 },
    );
  });
});
