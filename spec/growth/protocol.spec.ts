import {
  compareResourceVersions,
  labelSelectorOf,
  parseFieldSelector,
  parseLabelSelector,
  splitMetaNamespaceKey,
} from 'kuberx';
import { ObjectName } from 'kuberx/store';
import { describe, it } from 'vitest';
import { parseInt64 } from '#src/protocol/parse-int64.ts';
import { printable } from '#src/protocol/errors/printable.ts';
import { labelKeyFault, labelValueFault } from '#src/protocol/selectors/label-syntax.ts';
import { checkGrowth } from './growth.ts';
import { outcome } from './outcome.ts';

const values = (count: number, start = 0): string =>
  Array.from({ length: count }, (_, index) => `v${start + index}`).join();

const texts: readonly (readonly [string, number, (size: number) => string])[] = [
  ['one label', 5000, (size) => 'a'.repeat(size)],
  ['one label, and what no label has', 5000, (size) => `${'a'.repeat(size)}$`],
  ['dashes', 5000, (size) => `a${'-'.repeat(size)}`],
  ['dots', 5000, (size) => `a${'.a'.repeat(size)}.`],
  ['labels with a dash at the end', 5000, (size) => `${'a-a.'.repeat(size)}-/a`],
  ['slashes', 5000, (size) => '/'.repeat(size)],
  ['blanks', 5000, (size) => `${' '.repeat(size)}a${' '.repeat(size)}=`],
  ['commas', 5000, (size) => `a${','.repeat(size)}`],
  ['equal signs', 5000, (size) => `a${'='.repeat(size)}`],
  ['exclamation marks', 5000, (size) => '!'.repeat(size)],
  ['parentheses', 5000, (size) => `a in ${'('.repeat(size)}`],
  ['backslashes', 5000, (size) => `a=${'\\'.repeat(size)}`],
  ['backslashes and commas', 5000, (size) => `a=${'\\,'.repeat(size)}`],
  ['many terms', 1000, (size) => Array.from({ length: size }, (_, index) => `k${index}=v`).join()],
  ['many terms of one key', 1000, (size) => Array(size).fill('k!=v').join()],
  ['a set of many values', 1000, (size) => `a in (${values(size)})`],
  [
    'a set of many values that are none',
    1000,
    (size) => `a in (${Array.from({ length: size }, (_, index) => `_${index}`).join()})`,
  ],
  ['digits', 5000, (size) => '9'.repeat(size)],
  ['zeros', 5000, (size) => `${'0'.repeat(size)}1`],
  ['a bound of many digits', 5000, (size) => `a>${'9'.repeat(size)}`],
];

const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  parseLabelSelector: (text) => parseLabelSelector(text).toString(),
  parseFieldSelector: (text) => parseFieldSelector(text).toString(),
  labelKeyFault,
  labelValueFault,
  labelSelectorOf: (text) => labelSelectorOf({ matchLabels: { [text]: text } }),
  splitMetaNamespaceKey,
  'ObjectName.parse': (text) => ObjectName.parse(text),
  compareResourceVersions: (text) => compareResourceVersions(text, `${text}1`),
  parseInt64,
  printable: (text) => printable(text),
};

describe.each(Object.entries(parsers))('%s takes time in proportion to', (_, parse) => {
  it.each(texts)('%s', (__, size, text) => {
    checkGrowth((length) => {
      const input = text(length);
      return outcome(() => parse(input));
    }, size);
  });
});

describe('a label selector takes time in proportion to its text', () => {
  it.each([
    [
      'one set and another that has nothing in common with it',
      (size: number) => `a in (${values(size)}),a in (${values(size, size)})`,
    ],
    ['a set that another leaves nothing of', (size: number) => `a in (${values(size)}),a notin (${values(size)})`],
    [
      'many small sets of one key',
      (size: number) => Array.from({ length: size / 10 }, (_, index) => `a in (${values(10, index)})`).join(),
    ],
    ['many values and bounds', (size: number) => `a in (${values(size)}),${Array(size).fill('a>1').join()}`],
  ])('to tell that it selects nothing: %s', (_, text) => {
    checkGrowth((size) => {
      const selector = parseLabelSelector(text(size));
      return () => selector.selectable;
    }, 1000);
  });

  it('to match as many objects as it has values', () => {
    checkGrowth((size) => {
      const selector = parseLabelSelector(`a in (${values(size)}),b notin (${values(size)})`);
      return () => {
        for (let index = 0; index < size; index++) selector.matches({ a: `v${size - 1}`, b: `w${index}` });
      };
    }, 1000);
  });

  it('to compare labels of many digits with its bound', () => {
    const selector = parseLabelSelector('a>1');
    checkGrowth((size) => () => selector.matches({ a: '9'.repeat(size) }), 100_000);
  });
});
