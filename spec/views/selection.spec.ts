import { describe, expect, it } from 'vitest';
import { parseLabelSelector, type Selecting, SelectorError, type ViewError } from 'kuberx';
import { selectionOf } from '#src/views/selection.ts';
import { type Item, item } from './items.ts';

const on = item({ name: 'on' });
const off = item({ name: 'off', isOn: false, namespace: 'other' });

function selects(selecting: Selecting<Item>, object: Item, errors: ViewError[] = []): boolean {
  return selectionOf(selecting).selects(object, 1000, (error) => errors.push(error));
}

describe('selectionOf', () => {
  it.each<[string, Selecting<Item>, boolean, boolean]>([
    ['nothing', {}, true, true],
    ['where', { where: ({ spec }) => spec.isOn }, true, false],
    ['a label selector', { labelSelector: 'on=false' }, false, true],
    ['a parsed label selector', { labelSelector: parseLabelSelector('on!=false') }, true, false],
    ['an empty label selector', { labelSelector: '' }, true, true],
    ['namespaces', { namespaces: ['other', 'third'] }, false, true],
    ['no namespace', { namespaces: [] }, false, false],
    ['all of them', { where: () => true, labelSelector: 'on', namespaces: ['default'] }, true, false],
  ])('selects by %s', (_, selecting, selectsOn, selectsOff) => {
    expect([selects(selecting, on), selects(selecting, off)]).toEqual([selectsOn, selectsOff]);
  });

  it('knows a selection of everything, and one in time', () => {
    expect([
      selectionOf({}).isAll,
      selectionOf({ labelSelector: ' ' }).isAll,
      selectionOf({ namespaces: [] }).isAll,
    ]).toEqual([true, true, false]);
    expect(selectionOf({ where: () => true, until: () => 5 }).isTimed).toBe(true);
  });

  it('refuses a where that takes the time and does not say until when', () => {
    expect(() => selectionOf<Item>({ where: (_, now) => now > 5 })).toThrow(/where takes the time.* give until/);
  });

  it('gives the time to a where with until alone', () => {
    const seen: unknown[] = [];
    const where = (...given: unknown[]): boolean => seen.push(given.length) > 0;
    selects({ where }, on);
    selects({ where, until: () => undefined }, on);
    expect(seen).toEqual([1, 2]);
  });

  it('asks again at a time to come, and never for one that has passed', () => {
    const until = (at: number | undefined): number =>
      selectionOf({ where: () => true, until: () => at }).until(on, 1000, () => undefined);
    expect([until(1001), until(1000), until(undefined), until(Number.NaN)]).toEqual([
      1001,
      Infinity,
      Infinity,
      Infinity,
    ]);
  });

  it.each<[object, RegExp]>([
    [{ where: 'on' }, /where is of type string; it takes a function/],
    [{ until: () => 5 }, /until is given without where/],
    [{ where: () => true, until: 5 }, /until is of type number/],
    [{ namespaces: 'default' }, /namespaces takes an array of texts/],
    [{ namespaces: [5] }, /namespaces takes an array of texts/],
  ])('refuses %j', (selecting, message) => {
    expect(() => selectionOf(selecting)).toThrow(message);
  });

  it('refuses an invalid label selector', () => {
    expect(() => selectionOf({ labelSelector: 'a in' })).toThrow(SelectorError);
  });

  it('leaves out an object for which where fails or returns a promise, and tells it', () => {
    const errors: ViewError[] = [];
    const where = (): boolean => {
      throw new Error('of the user');
    };
    expect(selects({ where }, on, errors)).toBe(false);
    expect(selects({ where: (() => Promise.resolve(true)) as unknown as () => boolean }, off, errors)).toBe(false);
    expect(
      selectionOf<Item>({ where: () => true, until: where as unknown as () => number }).until(on, 0, (error) =>
        errors.push(error),
      ),
    ).toBe(Infinity);
    expect(errors.map(({ reason, key, message }) => [reason, key, message.split(' for ')[0]])).toEqual([
      ['WhereFunction', 'default/on', 'where threw'],
      ['WhereFunction', 'other/off', 'where returned an object, such as a promise, and not true or false,'],
      ['WhereFunction', 'default/on', 'until threw'],
    ]);
  });
});
