import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { siblingParser } from '#src/sharing/sibling-parser.ts';

const owner = { kind: 'ReplicaSet', name: 'web', uid: '9e107d9d-1111-4222-8333-444444444444', controller: true };
const longText = 'a text that is long enough for the part that holds it to be worth a search';

interface Pod {
  readonly metadata: { readonly name: string; readonly labels?: object };
  readonly spec: { readonly containers: readonly object[]; readonly [key: string]: unknown };
}

function pod(name: string, changed: object = {}): Pod {
  return {
    metadata: { name, ownerReferences: [owner], labels: { app: 'web', text: longText } },
    spec: { containers: [{ image: longText, args: [longText] }], nodeName: name },
    ...changed,
  } as Pod;
}

function parsed(...texts: readonly string[]): Pod[] {
  const parse = siblingParser({ compareAfter: 1 });
  return texts.map((text) => parse(text)) as Pod[];
}

const written = (value: unknown): string => JSON.stringify(value);
const nested = (depth: number, value: unknown[]): unknown[] => (depth === 0 ? value : [nested(depth - 1, value)]);
const nestedText = (depth: number, text: string): string => '['.repeat(depth) + text + ']'.repeat(depth);

describe('siblingParser', () => {
  it('takes over what two objects of an owner have in common, frozen', () => {
    const [first, , third] = parsed(...['a', 'b', 'c'].map((name) => written(pod(name))));
    expect(written(third)).toBe(written(pod('c')));
    expect(third?.spec.containers).toBe(first?.spec.containers);
    expect(third?.metadata.labels).toBe(first?.metadata.labels);
    expect(Object.isFrozen(third?.spec.containers[0])).toBe(true);
    expect(Object.isFrozen(third?.spec)).toBe(false);
  });

  it('compares nothing where an owner has few objects', () => {
    const stringify = vi.spyOn(JSON, 'stringify');
    const texts = Array.from({ length: 10 }, (_, index) => written(pod(`n${index}`)));
    stringify.mockClear();
    const parse = siblingParser();
    const pods = texts.slice(0, 8).map((text) => parse(text)) as Pod[];
    // One to keep its uid.
    expect(stringify.mock.calls.length).toBeLessThanOrEqual(2);
    pods.push(...(texts.slice(8).map((text) => parse(text)) as Pod[]));
    expect(pods[9]?.spec.containers).toBe(pods[7]?.spec.containers);
    expect(pods.map(written)).toEqual(texts);
    stringify.mockRestore();
  });

  it('parses what has changed, also within a part', () => {
    const changed = pod('d', { metadata: { name: 'd', ownerReferences: [owner], labels: { app: 'other' } } });
    const [first, , last] = parsed(written(pod('a')), written(pod('b')), written(changed));
    expect(written(last)).toBe(written(changed));
    expect(last?.spec.containers).toBe(first?.spec.containers);
  });

  it('looks into a watch frame', () => {
    const parse = siblingParser({ compareAfter: 1 });
    const frames = ['a', 'b', 'c'].map((name) => parse(written({ type: 'ADDED', object: pod(name) }), 'object'));
    const [first, , third] = frames as { readonly object: Pod }[];
    expect(third?.object.spec.containers).toBe(first?.object.spec.containers);
    expect(written(third)).toBe(written({ type: 'ADDED', object: pod('c') }));
  });

  it('knows from the objects of a list what comes in a watch frame', () => {
    const parse = siblingParser({ compareAfter: 1 });
    const [first] = ['a', 'b'].map((name) => parse(written(pod(name)))) as Pod[];
    const frame = parse(written({ type: 'ADDED', object: pod('c') }), 'object') as { readonly object: Pod };
    expect(frame.object.spec.containers).toBe(first?.spec.containers);
    expect(written(frame)).toBe(written({ type: 'ADDED', object: pod('c') }));
  });

  it('knows what Go writes escaped', () => {
    const escaped = (name: string): string =>
      written(pod(name, { spec: { containers: [{ image: `<${longText}>` }] } }))
        .replace('<', '\\u003c')
        .replace('>', '\\u003e');
    const [first, , third] = parsed(escaped('a'), escaped('b'), escaped('c'));
    expect(third?.spec.containers).toBe(first?.spec.containers);
    expect(third?.spec.containers).toEqual([{ image: `<${longText}>` }]);
  });

  it('learns anew when most of what an owner had has changed', () => {
    const of = (name: string, text: string): string =>
      written(pod(name, { spec: { containers: [{ args: Array(9).fill(text) }] } }));
    const parse = siblingParser({ compareAfter: 1 });
    ['a', 'b', 'c'].forEach((name) => parse(of(name, longText)));
    const pods = Array.from({ length: 20 }, (_, index) => parse(of(`n${index}`, `${longText}, but newer`))) as Pod[];
    expect(pods.at(-1)?.spec.containers).toBe(pods.at(-2)?.spec.containers);
  });

  it('takes over what objects of one kind have in common, where an owner has objects of several kinds', () => {
    const of = (kind: string, name: string): string =>
      written(pod(name, { spec: { containers: [{ args: Array(9).fill(`${longText} of ${kind}`) }] } }));
    const parse = siblingParser({ compareAfter: 1 });
    const pods = Array.from({ length: 40 }, (_, index) => parse(of(index % 3 === 0 ? 'a' : 'b', `n${index}`))) as Pod[];
    const containers = pods.slice(30).map(({ spec }) => spec.containers);
    expect(new Set(containers).size).toBe(2);
    expect(pods.map(written)).toEqual(
      Array.from({ length: 40 }, (_, index) => of(index % 3 === 0 ? 'a' : 'b', `n${index}`)),
    );
  });

  it('compares objects that are all different ever more seldom', () => {
    const parse = siblingParser({ compareAfter: 1 });
    const stringify = vi.spyOn(JSON, 'stringify');
    const comparisons = (count: number): number => {
      stringify.mockClear();
      for (let index = 0; index < count; index++) parse(texts.pop()!);
      return stringify.mock.calls.length;
    };
    const texts = Array.from({ length: 3000 }, (_, index) =>
      written(pod(`n${index}`, { metadata: { ownerReferences: [owner] }, spec: { [`key${index}`]: longText } })),
    );
    expect(comparisons(100)).toBeGreaterThan(comparisons(100) * 2);
    comparisons(2000);
    expect(comparisons(500)).toBeLessThan(10);
    stringify.mockRestore();
  });

  it.each<readonly [string, (name: string, size: number) => unknown[]]>([
    // JavaScript writes -0 as 0, so that none of these is found as it is written.
    [
      'thousands of values that are written as JavaScript does not',
      (_, size) => Array<unknown>(size * 10).fill({ text: longText, zero: -1 }),
    ],
    [
      'what is nested, and different at its bottom',
      (name, size) => nested(90, Array(size).fill([longText, name, 'more'])),
    ],
    [
      'what is nested, and larger than it was before',
      (name, size) => nested(90, [name.padStart(64), 'x'.repeat(size * (name === 'a' ? 1 : 100))]),
    ],
  ])('writes a text once, and looks through it some times, to compare %s', (_, spec) => {
    const stringify = vi.spyOn(JSON, 'stringify');
    const searches = vi.spyOn(String.prototype, 'indexOf');
    const texts = ['a', 'b', 'c'].map((name) =>
      written(pod(name, { spec: [name, ...spec(name, 500)] })).replaceAll(':-1', ':-0'),
    );
    const parse = siblingParser({ compareAfter: 1 });
    stringify.mockClear();
    const pods = texts.map((text) => parse(text));
    const characters = stringify.mock.results.reduce((sum, { value }) => sum + String(value).length, 0);
    const calls = searches.mock.calls.length;
    stringify.mockRestore();
    searches.mockRestore();
    expect(pods).toEqual(texts.map((text) => JSON.parse(text) as unknown));
    expect(calls).toBeLessThan(100);
    // A part is written, and copied twice; of each text but the first.
    expect(characters).toBeLessThan(4 * texts.join('').length);
  });

  it('looks for no long text: what repeats itself could take the product of both lengths', () => {
    const searches = (['indexOf', 'includes'] as const).map((name) => vi.spyOn(String.prototype, name));
    const args = Array.from({ length: 20 }, () => longText);
    const spec = { containers: [{ args }], initContainers: [{ args }] };
    const texts = [{}, {}, { containers: [{ args: [...args, 'more'] }] }].map((changed, index) =>
      written(pod(`n${index}`, { spec: { ...spec, ...changed, nodeName: `n${index}` } })),
    );
    const pods = parsed(...texts);
    const longest = Math.max(...searches.flatMap(({ mock }) => mock.calls.map(([sought]) => sought.length)));
    searches.forEach((search) => search.mockRestore());
    expect(pods.map(written)).toEqual(texts);
    expect(pods[2]?.spec['initContainers']).toBe(pods[0]?.spec['initContainers']);
    expect(longest).toBeLessThan(100);
  });

  it('takes over what is beside of what nests deeper than it compares', () => {
    const texts = ['a', 'b', 'c'].map((name) =>
      written(pod(name)).replace('"nodeName"', `"deep":${nestedText(20_000, `"${longText}"`)},"nodeName"`),
    );
    const [first, , third] = parsed(...texts);
    expect(third?.spec.containers).toBe(first?.spec.containers);
    expect(third?.spec['nodeName']).toBe('c');
  });

  it('keeps no key that is longer than all that it may keep', () => {
    const parse = siblingParser({ maxLength: 2000, compareAfter: 1 });
    const [first, , third] = ['a', 'b', 'c'].map(
      (name) => parse(written(pod(name, { spec: { ['k'.repeat(3000)]: { own: name, part: [longText] } } }))) as Pod,
    );
    const part = ({ spec }: Pod): unknown => (Object.values(spec)[0] as { readonly part: unknown }).part;
    expect(part(third!)).toEqual([longText]);
    expect(part(third!)).not.toBe(part(first!));
  });

  it('finds a part behind others that begin as it does', () => {
    const of = (name: string, image: string): string =>
      written(pod(name, { spec: { x: [{ containers: [{ image, name }] }], containers: [{ image, name: 'own' }] } }));
    const pods = parsed(...['a', 'b', 'c'].map((name) => of(name, longText)));
    expect(pods[2]?.spec.containers).toBe(pods[0]?.spec.containers);
  });

  it('takes no 0 for a -0, and no null for what is not a number', () => {
    for (const [odd, even] of [
      ['-0', '0'],
      ['1e400', 'null'],
    ] as const) {
      const of = (name: string, number: string): string =>
        written(pod(name, { spec: { containers: [{ text: longText, number: 'N' }] } })).replace('"N"', number);
      const texts = [of('a', odd), of('b', even), of('c', even)];
      expect(parsed(...texts)).toEqual(texts.map((text) => JSON.parse(text) as unknown));
    }
  });

  it('shares nothing that was put into an object after it was parsed', () => {
    const parse = siblingParser({ compareAfter: 1 });
    const [a, b, c] = ['a', 'b', 'c'].map((name) => written(pod(name)));
    const first = parse(a!) as { spec: { containers: { image: unknown; more?: unknown }[] } };
    Object.assign(first.spec.containers[0]!, { image: { toJSON: () => longText }, more: undefined });
    parse(b!);
    expect(parse(c!)).toStrictEqual(JSON.parse(c!));
  });

  it('parses on after an object was made what cannot be written', () => {
    const parse = siblingParser({ compareAfter: 1 });
    const [a, b] = ['a', 'b'].map((name) => written(pod(name)));
    const first = parse(a!) as { spec: object };
    Object.assign(first.spec, { parent: first, containers: [0n] });
    expect(parse(b!)).toEqual(JSON.parse(b!));
  });

  it('shares nothing that can be changed, also where a part was frozen at its top alone', () => {
    const parse = siblingParser({ compareAfter: 1 });
    const [first, , third] = ['a', 'b', 'c'].map((name, index) => {
      const each = parse(written(pod(name))) as Pod;
      if (index === 0) Object.freeze(each.spec.containers);
      return each;
    });
    expect(third?.spec.containers).toBe(first?.spec.containers);
    expect(Object.isFrozen(third?.spec.containers[0])).toBe(true);
  });

  it('keeps no more text than it may', () => {
    const parse = siblingParser({ maxLength: 2000, compareAfter: 1 });
    const of = (index: number, name: string): string =>
      written(pod(name)).replace('9e107d9d', String(10_000_000 + index));
    for (let index = 0; index < 100; index++) ['a', 'b', 'c'].forEach((name) => parse(of(index, name)));
    const [again, newest] = [0, 99].map((index) => [parse(of(index, 'd')), parse(of(index, 'e'))] as Pod[]);
    expect(again?.[0]?.spec.containers).not.toBe(again?.[1]?.spec.containers);
    expect(newest?.[0]?.spec.containers).toBe(newest?.[1]?.spec.containers);
  });

  it.each([
    ['the part within a string', { spec: { note: written(pod('x').spec), containers: [] } }],
    ['the part under another key', { spec: { other: pod('x').spec.containers, containers: [] } }],
    ['the part after the end of another key', { spec: { 'x"containers': pod('x').spec.containers, containers: [] } }],
    ['the part where nothing else is', { spec: { 'x"containers': pod('x').spec.containers } }],
    ['its own placeholder', { spec: { containers: '\u00010' } }],
  ])('is not fooled by %s', (_, changed) => {
    const odd = written(pod('c', changed));
    expect(written(parsed(written(pod('a')), written(pod('b')), odd).at(-1))).toBe(odd);
  });

  it('is not fooled by its own placeholder, written with escapes', () => {
    const escape = (text: string): string =>
      text.replace(/./gsu, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const spec = { other: { containers: pod('x').spec.containers }, containers: '?' };
    for (let index = 0; index < 4; index++) {
      const odd = written(pod('c', { spec })).replace('"?"', `"${escape(`\u0001${index}`)}"`);
      expect(parsed(written(pod('a')), written(pod('b')), odd).at(-1)).toEqual(JSON.parse(odd));
    }
  });

  it('takes the last of two members with one key, as JSON.parse does', () => {
    const twice = written(pod('c'))
      .replace('"spec":{', '"spec":{"containers":[],')
      .replace(/\}$/u, ',"spec":{"containers":[1]}}');
    expect(parsed(written(pod('a')), written(pod('b')), twice).at(-1)).toEqual(JSON.parse(twice));
  });

  it('refuses what JSON.parse refuses', () => {
    const parse = siblingParser({ compareAfter: 1 });
    ['a', 'b'].forEach((name) => parse(written(pod(name))));
    const text = written(pod('c'));
    for (const broken of [
      text.slice(0, -1),
      `${text}}`,
      text.replace('"spec":', '"spec"'),
      text.replace(',"spec"', '"spec"'),
    ]) {
      expect(() => parse(broken)).toThrow(SyntaxError);
    }
  });

  it('keeps `__proto__` what it is, a name', () => {
    const texts = ['a', 'b', 'c'].map((name) =>
      written(pod(name)).replace('"nodeName"', `"__proto__":{"text":"${longText}"},"nodeName"`),
    );
    const [, , third] = parsed(...texts);
    expect(Object.getPrototypeOf(third?.spec)).toBe(Object.prototype);
    expect(written(third)).toBe(texts[2]);
  });

  it('gives what JSON.parse gives, whatever the texts', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.constant(longText),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constant('"labels":{"<&>'),
    );
    const { node } = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'labels', 'spec', 'x"spec', '__proto__', '0'), tie('node'), {
          maxKeys: 4,
        }),
      ),
    }));
    const objects = fc.array(fc.record({ base: fc.nat(2), labels: node, spec: node }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.tuple(node, node, node), objects, (bases, each) => {
        const parse = siblingParser({ compareAfter: 1 });
        for (const { base, labels, spec } of each) {
          const metadata = { ownerReferences: [owner], labels: bases[base], own: labels };
          const text = written({ metadata, spec: [bases[base], { ...pod('a').spec, spec }] });
          const value = parse(text);
          expect(value).toEqual(JSON.parse(text));
          expect(written(value)).toBe(written(JSON.parse(text)));
        }
      }),
      { numRuns: 300 },
    );
  });
});
