import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { dropManagedFields, recipe } from 'kuberx';
import { onCopy } from 'kuberx/store';
import { deepFreeze } from '#src/sharing/deep-freeze.ts';
import { mutableCopy } from '#src/sharing/mutable-copy.ts';
import type { Pod } from '../store/pods.ts';

type Fields = Record<string, unknown>;

const parse = (text: string): Fields => JSON.parse(text) as Fields;

const written = (value: unknown): string => JSON.stringify(value);

const transformed = (object: Fields, change: (object: Fields) => unknown): Fields =>
  onCopy<Fields, unknown>((copy) => change(copy) ?? copy)(object) as Fields;

/** Every object and array in a value. */
function nodes(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(nodes)];
}

const text = '{"a":{"b":[1,{"c":null}]},"d":{"e":"f"},"g":[[],{}],"__proto__":{"h":1}}';

describe('onCopy', () => {
  it('leaves what it is given as it is, at any depth, and takes what was not changed from there', () => {
    const object = parse(text);
    const result = transformed(object, (copy) => {
      (copy['d'] as Fields)['e'] = 'changed';
    });
    expect(written(object)).toBe(text);
    expect(written(result)).toBe(text.replace('"f"', '"changed"'));
    for (const key of ['a', 'g', '__proto__']) expect(result[key]).toBe(object[key]);
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  });

  it('takes all of it, where nothing was changed, or changed back', () => {
    const object = deepFreeze(parse(text));
    expect(transformed(object, () => undefined)).toBe(object);
    expect(transformed(object, (copy) => ({ ...copy }))).toBe(object);
  });

  it.each<readonly [string, (copy: Fields) => unknown, string]>([
    ['a key that is gone', ({ d: _, ...rest }) => rest, text.replace('"d":{"e":"f"},', '')],
    ['a new key', (copy) => void (copy['z'] = copy['a']), text.replace(/}$/, ',"z":{"b":[1,{"c":null}]}}')],
    ['another order', ({ a, ...rest }) => ({ ...rest, a }), text.replace(/"a":(.*),"d"(.*)}$/, '"d"$2,"a":$1}')],
    ['a shorter array', (copy) => void (copy['g'] as unknown[]).pop(), text.replace(',{}]', ']')],
    ['an array for an object', (copy) => void (copy['d'] = []), text.replace('{"e":"f"}', '[]')],
    ['undefined for null', (copy) => void ((copy['a'] as { b: Fields[] }).b[1]!['c'] = undefined), text.replace('"c":null', '')], // prettier-ignore
    ['what is not an object', () => 'text', '"text"'],
  ])('gives %s as it was made', (_, change, expected) => {
    const object = deepFreeze(parse(text));
    expect(written(transformed(object, change))).toBe(expected);
    expect(written(object)).toBe(text);
  });

  it('does what the transform does to a copy, whatever it changes', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>);
    const edits = fc.array(fc.record({ at: fc.nat(), how: fc.constantFrom('delete', 'set', 'move', 'freeze') }));
    const edit = (root: Fields, changes: readonly { readonly at: number; readonly how: string }[]): Fields => {
      for (const { at, how } of changes) {
        const all = nodes(root);
        const node = all[at % all.length] as Fields;
        const key = Object.keys(node)[at % 3];
        if (Object.isFrozen(node)) continue;
        if (how === 'freeze') Object.freeze(node);
        else if (key === undefined) continue;
        else if (how === 'set') node[key] = at;
        else if (how === 'move') node[key] = mutableCopy(all[(at * 7) % all.length]);
        else if (!Array.isArray(node)) Reflect.deleteProperty(node, key);
      }
      return root;
    };
    fc.assert(
      fc.property(value, edits, fc.boolean(), (given, changes, isFrozen) => {
        const before = written(given);
        const object = isFrozen ? deepFreeze(parse(before)) : parse(before);
        const result = transformed(object, (copy) => edit(copy, changes));
        expect(written(result)).toBe(written(edit(parse(before), changes)));
        expect(written(object)).toBe(before);
      }),
    );
  });

  it('copies nothing for what changes nothing: dropManagedFields, a recipe, and what it has made', () => {
    const made = onCopy((each: Pod) => each);
    const byRecipe = recipe<Pod>(() => undefined);
    for (const transform of [made, byRecipe, dropManagedFields<Pod>]) expect(onCopy(transform)).toBe(transform);
  });

  it('keeps what has lost keys as small as what never had them', () => {
    setFlagsFromString('--allow-natives-syntax');
    const isDictionary = runInNewContext('(object) => !%HasFastProperties(object)') as (object: object) => boolean;
    // Functions are compiled when they are first called.
    isDictionary({});
    setFlagsFromString('--no-allow-natives-syntax');
    const lost = (each: Fields): Fields => {
      delete each['a'];
      return each;
    };
    expect(isDictionary(lost(parse(text)))).toBe(true);
    expect(
      isDictionary(transformed({ in: parse(text) }, (copy) => void lost(copy['in'] as Fields))['in'] as object),
    ).toBe(false);
    expect(isDictionary(recipe(lost)(parse(text)))).toBe(false);
  });

  it('throws at once for what is not a function', () => {
    expect(() => onCopy('x' as never)).toThrow(new TypeError('transform is of type string; it takes a function'));
  });
});
