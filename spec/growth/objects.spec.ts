import { describe, it } from 'vitest';
import { isEqual } from '#src/informer/pace/is-equal.ts';
import { deepFreeze } from '#src/sharing/deep-freeze.ts';
import { interner } from '#src/sharing/interner.ts';
import { textTable } from '#src/sharing/text-table.ts';
import { checkGrowth } from './growth.ts';

const owners = [{ uid: 'o', controller: true }];
const objectOf = (spec: string, name = 'a'): object =>
  JSON.parse(`{"metadata":{"name":"${name}","ownerReferences":${JSON.stringify(owners)}},"spec":${spec}}`) as object;
const nested = (levels: number, leaf: string): string => '{"a":'.repeat(levels) + leaf + '}'.repeat(levels);
const list = (size: number, each: (index: number) => string): string =>
  `[${Array.from({ length: size }, (_, index) => each(index)).join()}]`;

const shapes: readonly (readonly [string, number, (size: number, last: number) => string])[] = [
  ['levels', 2000, (size, last) => nested(size, String(last))],
  ['levels that are not the last', 100, (size, last) => list(size, () => nested(300, String(last)))],
  ['elements', 2000, (size, last) => list(size, (index) => `{"i":${index},"last":${last}}`)],
  ['elements that are equal', 2000, (size, last) => `{"last":${last},"list":${list(size, () => '{"a":[{}]}')}}`],
  [
    'members',
    2000,
    (size, last) => `{${Array.from({ length: size }, (_, index) => `"k${index}":{"a":${last}}`).join()}}`,
  ],
  ['texts', 2000, (size, last) => list(size, (index) => `"a text that is long enough ${index % 7} ${last}"`)],
];

describe.each(shapes)('what walks an object takes time in proportion to its %s', (_, size, spec) => {
  it.each<readonly [string, (a: () => object, b: () => object, c: () => object) => () => unknown]>([
    [
      'to tell equal ones',
      (a) => {
        const [x, y] = [a(), a()];
        return () => isEqual(x, y);
      },
    ],
    [
      'to tell different ones',
      (a, b) => {
        const [x, y] = [a(), b()];
        return () => isEqual(x, y);
      },
    ],
    [
      'to freeze one',
      (a) => {
        const x = a();
        return () => deepFreeze(x, textTable()());
      },
    ],
    [
      'to share it with the revision before and a sibling',
      (a, b, c) => {
        const intern = interner();
        const sibling = intern(undefined, b());
        const previous = intern(undefined, c());
        const x = a();
        return () => [intern(previous, x), sibling];
      },
    ],
    [
      'to share what is frozen already',
      (a, b) => {
        const intern = interner();
        const previous = intern(undefined, b());
        const part = deepFreeze(a());
        return () => intern(previous, { ...part });
      },
    ],
  ])('%s', (__, work) => {
    checkGrowth(
      (length) =>
        work(
          () => objectOf(spec(length, 1)),
          () => objectOf(spec(length, 2), 'b'),
          () => objectOf(spec(length, 3)),
        ),
      size,
    );
  });
});
