import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { freezer, interner } from '#src/sharing/interner.ts';
import { deepFreeze } from '#src/sharing/deep-freeze.ts';
import { exchangeText, textTable } from '#src/sharing/text-table.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const time = '2026-11-26T19:00:00Z';

describe('textTable', () => {
  it('knows a text that came twice', () => {
    const knownText = textTable()();
    expect([knownText(time), knownText(time)]).toEqual([undefined, undefined]);
    expect(knownText(time)).toBe(time);
    expect(textTable()()(time)).toBeUndefined();
  });

  it('is the same for one object and the next, until a garbage collection takes it with its texts', async () => {
    const knownTexts = textTable();
    knownTexts()(time);
    expect([knownTexts()(time), knownTexts()(time)]).toEqual([undefined, time]);
    // A turn holds what it has looked at.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect([knownTexts()(time), knownTexts()(time)]).toEqual([undefined, time]);
  });

  it('never gives another text', () => {
    const letter = fc.constantFrom('a', 'b', '\u0000', 'é', '\ud83d');
    const text = fc.array(letter, { maxLength: 3 }).map((letters) => `a-long-text${letters.join('')}`);
    let known = 0;
    fc.assert(
      fc.property(fc.array(text, { maxLength: 200 }), (texts) => {
        const knownText = textTable()();
        for (const each of texts) {
          const given = knownText(each);
          if (given === undefined) continue;
          expect(given).toBe(each);
          known += 1;
        }
      }),
    );
    expect(known).toBeGreaterThan(0);
  });

  it.each([
    ['short, which V8 keeps once by itself', 'a'.repeat(10)],
    ['long', 'a'.repeat(129)],
  ])('does not keep what is %s', (_, text) => {
    const knownText = textTable()();
    expect([1, 2, 3, 4].map(() => knownText(text))).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('exchangeText', () => {
  it('leaves a member that cannot be written to as it is', () => {
    const knownText = textTable()();
    knownText(time);
    const object = Object.defineProperties<Record<string, unknown>>(
      {},
      {
        readOnly: { value: time, enumerable: true },
        computed: { get: () => time, enumerable: true },
      },
    );
    for (const key of Object.keys(object)) exchangeText(object, key, time, knownText);
    expect(deepFreeze(object, knownText)).toEqual({ readOnly: time, computed: time });
    expect(Object.isFrozen(object)).toBe(true);
  });

  it('writes to a member of that name, not to the prototype', () => {
    const knownText = (text: string): string => text;
    const object = JSON.parse(`{"__proto__":"${time}"}`) as Record<string, unknown>;
    exchangeText(object, '__proto__', time, knownText);
    expect(JSON.stringify(object)).toBe(`{"__proto__":"${time}"}`);
  });
});

describe('interner', () => {
  // So many that what the engine comes to keep meanwhile, some hundred KiB, is little for each.
  const count = 10_000;

  /** What each of so many objects takes, of which no two have an array or an object in common. */
  function bytes(intern: (previous: undefined, object: object) => object, rest: object): number {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const kept = Array.from({ length: count }, (_, index) => {
      const conditions = [0, 1, 2, 3].map((place) => ({ index, place, text: `${'text '.repeat(20)}${place}` }));
      return intern(undefined, JSON.parse(JSON.stringify({ name: `object-${index}`, conditions, ...rest })) as object);
    });
    collectGarbage();
    const used = (process.memoryUsage().heapUsed - before) / count;
    expect(kept).toHaveLength(count);
    return used;
  }

  // Four texts of a hundred characters each.
  const texts = 400;

  it.each([
    ['of one owner', { metadata: { ownerReferences: [{ uid: 'owner', controller: true }] } }],
    ['without an owner', { metadata: {} }],
  ])('holds texts that are repeated once, also of objects %s that have no part in common', (_, rest) => {
    expect(bytes(freezer(), rest) - bytes(interner(), rest)).toBeGreaterThan(0.75 * texts);
  });

  it('keeps nothing of objects that are gone alive, such as the text that one of theirs was cut from', () => {
    const intern = interner<object>();
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < 500; index++) {
      // As a transform does that keeps the beginning of a long annotation. The engine holds the whole text for it.
      const whole = JSON.parse(JSON.stringify(`${index}-`.repeat(50_000).slice(0, 200_000))) as string;
      for (let twice = 0; twice < 2; twice++) intern(undefined, { twice, text: whole.slice(0, 60 + (index % 60)) });
    }
    collectGarbage();
    // Of texts of 100 MB.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
  });
});
