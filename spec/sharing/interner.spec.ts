import { describe, expect, it } from 'vitest';
import type { Intern } from '#src/protocol/intern.ts';
import { deepFreeze } from '#src/sharing/deep-freeze.ts';
import { freezer, interner } from '#src/sharing/interner.ts';

type Json = Record<string, unknown>;

const parse = (text: string): Json => JSON.parse(text) as Json;

const owned = (uid: string, rest: object): Json =>
  parse(JSON.stringify({ metadata: { ownerReferences: [{ uid: 'x' }, { uid, controller: true }] }, ...rest }));

/** Every part that can still be changed. */
function mutableParts(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(Object.isFrozen(value) ? [] : [value]), ...Object.values(value).flatMap(mutableParts)];
}

describe('interner', () => {
  it('returns the previous revision if nothing changed, and its unchanged parts if something did', () => {
    const intern = interner<Json>();
    const text = '{"a":{"b":[1,{"c":null}]},"d":{"e":"f"},"g":[[],{}]}';
    const first = intern(undefined, parse(text));
    expect(intern(first, parse(text))).toBe(first);
    const second = intern(first, parse(text.replace('"f"', '"changed"')));
    expect(second).not.toBe(first);
    expect(second['a']).toBe(first['a']);
    expect(second['g']).toBe(first['g']);
    expect(second['d']).toEqual({ e: 'changed' });
    expect(Object.isFrozen(second)).toBe(true);
    expect(Object.isFrozen(second['d'])).toBe(true);
    expect(first['d']).toEqual({ e: 'f' });
  });

  it('shares with an object of the same controlling owner, where the previous revision differs', () => {
    const intern = interner<Json>();
    const template = intern(undefined, owned('rs', { spec: { image: 'v1' }, status: { phase: 'Running' } }));
    const sibling = intern(undefined, owned('rs', { spec: { image: 'v1' }, status: { phase: 'Pending' } }));
    expect(sibling['spec']).toBe(template['spec']);
    expect(sibling['metadata']).toBe(template['metadata']);
    const running = intern(sibling, owned('rs', { spec: { image: 'v1' }, status: { phase: 'Running' } }));
    expect(running).toBe(template);
    expect(intern(undefined, owned('other', { spec: { image: 'v1' } }))['spec']).not.toBe(template['spec']);
  });

  it('shares with siblings only if asked, and remembers a bounded number of owners', () => {
    const spec = { spec: { image: 'v1' } };
    const alone = interner<Json>({ siblings: false });
    expect(alone(undefined, owned('rs', spec))['spec']).not.toBe(alone(undefined, owned('rs', spec))['spec']);
    const bounded = interner<Json>({ maxOwners: 2 });
    const [a, b] = [bounded(undefined, owned('a', spec)), bounded(undefined, owned('b', spec))];
    bounded(undefined, owned('a', spec));
    bounded(undefined, owned('c', spec));
    expect(bounded(undefined, owned('a', spec))['spec']).toBe(a['spec']);
    expect(bounded(undefined, owned('b', spec))['spec']).not.toBe(b['spec']);
  });

  it('remembers no owner by a uid that is longer than any, which would stay in memory', () => {
    const intern = interner<Json>();
    const [a, b] = ['a', 'b'].map((name) =>
      intern(undefined, owned('u'.repeat(1000), { name, spec: { image: 'v1' } })),
    );
    expect(a?.['spec']).toEqual(b?.['spec']);
    expect(a?.['spec']).not.toBe(b?.['spec']);
  });

  it('leaves a part that is read-only or computed where it is, and freezes it', () => {
    const intern = interner<Json>();
    const first = intern(undefined, parse('{"a":{"b":[1]},"c":{"d":2},"e":1}'));
    const part = { b: [1] };
    const object = Object.defineProperties(
      {},
      {
        a: { value: part, enumerable: true },
        c: { get: () => ({ d: 2 }), enumerable: true },
        e: { value: 2, enumerable: true, writable: true },
      },
    );
    const second = intern(first, object);
    expect(second).toEqual({ a: { b: [1] }, c: { d: 2 }, e: 2 });
    expect(second['a']).toBe(part);
    expect(mutableParts({ ...second, c: null })).toHaveLength(1);
  });

  it('takes __proto__ and its kin for the names they are', () => {
    const intern = interner<Json>();
    const texts = [
      '{"labels":{}}',
      '{"labels":{"__proto__":{"x":1}}}',
      '{"labels":{"__proto__":{"x":1},"constructor":{"name":"a"}}}',
      '{"labels":{"constructor":{"name":"a"},"__proto__":{"x":2}}}',
      '{"__proto__":null}',
    ];
    let previous: Json | undefined;
    for (const text of [...texts, ...texts.toReversed()]) {
      const object = intern(previous, parse(text));
      expect(JSON.stringify(object)).toBe(text);
      previous = object;
    }
    expect(({} as Json)['x']).toBeUndefined();
  });

  it('does not look for parts in a prototype', () => {
    const intern = interner<Json>();
    const bare = (json: string): Json => Object.setPrototypeOf(parse(json), null) as Json;
    const labels = Object.defineProperty({}, '__proto__', { value: bare('{}'), enumerable: true });
    const first = intern(undefined, parse('{"labels":{"a":{}}}'));
    const interned = intern(first, { labels })['labels'] as Json;
    expect(Object.getOwnPropertyDescriptor(interned, '__proto__')?.value).not.toBe(Object.prototype);
    expect(Object.isFrozen(Object.prototype)).toBe(false);
  });

  it.each([
    ['[]', '{}'],
    ['{"a":1,"b":2}', '{"b":2,"a":1}'],
    ['[1,2]', '[1,2,3]'],
    ['[1,2,3]', '[1,2]'],
    ['{"a":null}', '{}'],
    ['{}', '{"a":null}'],
    ['"1"', '1'],
    ['null', '{}'],
    ['{"0":1}', '[1]'],
    ['[null]', '[]'],
  ])('does not take %s for %s', (before, after) => {
    const intern = interner<Json>();
    const previous = intern(undefined, parse(`{"x":${before}}`));
    expect(JSON.stringify(intern(previous, parse(`{"x":${after}}`)))).toBe(`{"x":${after}}`);
    expect(JSON.stringify(previous)).toBe(`{"x":${before}}`);
  });

  it('keeps any depth, frozen to the bottom', () => {
    const depth = 10_000;
    const text = `${'{"a":'.repeat(depth)}[1]${'}'.repeat(depth)}`;
    const intern = interner<Json>();
    const first = intern(undefined, parse(text));
    const second = intern(first, parse(text));
    let bottom: unknown = second;
    let levels = 0;
    for (; !Array.isArray(bottom); levels++) {
      expect(Object.isFrozen(bottom)).toBe(true);
      bottom = (bottom as Json)['a'];
    }
    expect(levels).toBe(depth);
    expect(Object.isFrozen(bottom)).toBe(true);
  });

  it('leaves the parts of what is frozen where they are, and returns at once what it has returned before', () => {
    const object = deepFreeze(parse('{"a":{"b":1}}'));
    const equal = parse('{"a":{"b":1}}');
    expect(interner<Json>()(parse('{"a":{"b":2}}'), object)).toBe(object);
    expect(interner<Json>()(equal, object)).toBe(object);
    expect(interner<Json>()(equal, parse('{"a":{"b":1}}'))).toBe(equal);
    const part = deepFreeze(parse('{"b":{"c":1},"d":2}'));
    const previous = parse('{"a":{"b":{"c":1},"d":3}}');
    const interned = interner<Json>()(previous, { a: part });
    expect(interned['a']).toBe(part);
    expect(JSON.stringify(interned)).toBe('{"a":{"b":{"c":1},"d":2}}');
  });

  describe.each<[string, () => Intern<Json>]>([
    ['interner', () => interner<Json>()],
    ['freezer', () => freezer<Json>()],
  ])('what only looks frozen: %s', (_, create) => {
    const before = '{"a":{"b":{"c":1}},"d":[{"e":1}]}';
    it.each<[string, () => Json]>([
      ['at its root', () => Object.freeze(parse('{"a":{"b":{"c":1}},"d":[{"e":2}]}'))],
      ['at its root, and equal to what was held', () => Object.freeze(parse(before))],
      ['in its parts', () => ({ a: Object.freeze({ b: { c: 1 } }), d: Object.freeze([Object.freeze({ e: 2 }), {}]) })],
      [
        'in parts that hold what was held',
        () => ({ a: Object.freeze({ b: { c: 1 }, x: Object.freeze([[]]) }), d: [] }),
      ],
    ])('is frozen to the bottom, which is only so %s', (__, given) => {
      for (const previous of [undefined, parse(before)]) {
        const intern = create();
        const held = previous && intern(undefined, previous);
        const interned = intern(held, given());
        expect(JSON.stringify(interned)).toBe(JSON.stringify(given()));
        expect(mutableParts(interned)).toEqual([]);
        expect(intern(held, interned)).toBe(interned);
      }
    });
  });

  it('walks a frozen part once, however many objects it comes with', () => {
    const intern = interner<Json>();
    let walks = 0;
    const specWith = (image: string): object =>
      deepFreeze({
        containers: [
          {
            get image() {
              walks += 1;
              return image;
            },
          },
        ],
      });
    const template = intern(undefined, owned('rs', { spec: { containers: [{ image: 'v1' }] } }));
    const [equal, other] = [specWith('v1'), specWith('v2')];
    const siblings = (spec: object, count: number): Json[] =>
      Array.from({ length: count }, () => intern(undefined, Object.assign(owned('rs', {}), { spec })));
    expect(siblings(equal, 1)[0]?.['spec']).toBe(template['spec']);
    expect(siblings(other, 1)[0]?.['spec']).toBe(other);
    walks = 0;
    for (const { spec } of siblings(equal, 100)) expect(spec).toBe(template['spec']);
    expect(walks).toBe(0);
    for (const { spec } of siblings(other, 100)) expect(spec).toBe(other);
    // To the first difference, which may be anywhere.
    expect(walks).toBeLessThanOrEqual(100);
  });

  it('finds a frozen part equal only for as long as nothing below can change', () => {
    const intern = interner<Json>();
    const template = intern(undefined, owned('rs', { spec: { containers: ['v1'] } }));
    const spec = Object.freeze({ containers: ['v1'] });
    const sibling = (): Json => intern(undefined, Object.assign(owned('rs', {}), { spec }));
    expect(sibling()['spec']).toBe(template['spec']);
    expect(() => (spec.containers[0] = 'v2')).toThrow(TypeError);
    expect(sibling()['spec']).toBe(template['spec']);
  });

  it('freezes a previous revision that only looks frozen', () => {
    const previous = Object.freeze(parse('{"a":{"b":{}}}'));
    const interned = interner<Json>()(previous, parse('{"a":{"b":{}},"c":1}'));
    expect(interned['a']).toBe(previous['a']);
    expect(mutableParts(interned)).toEqual([]);
  });

  it('leaves class instances whole: a date is not equal to another for having no fields', () => {
    const intern = interner<Json>();
    const previous = intern(undefined, { at: new Date(0) });
    const next = intern(previous, { at: new Date(1) });
    expect(next['at']).toEqual(new Date(1));
  });
});
