import { describe, expect, it } from 'vitest';
import { acceptNames, noNames, takenNames } from '#src/testing/apiserver/definitions/accepted-names.ts';

const names = {
  plural: 'widgets',
  singular: 'widget',
  kind: 'Widget',
  listKind: 'WidgetList',
  shortNames: ['w', 'wi'],
};

describe('acceptNames', () => {
  it('accepts names that nobody has', () => {
    expect(acceptNames(names, noNames, takenNames([]))).toEqual({ names });
  });

  it('keeps the names that a definition has, though others have them too', () => {
    expect(acceptNames(names, names, takenNames([names]))).toEqual({ names });
  });

  it.each([
    ['PluralConflict', { plural: 'widgets' }, '"widgets" is already in use'],
    ['SingularConflict', { singular: 'widget' }, '"widget" is already in use'],
    ['ShortNamesConflict', { shortNames: ['w', 'wi'] }, '["w" is already in use, "wi" is already in use]'],
    ['KindConflict', { kind: 'Widget' }, '"Widget" is already in use'],
    ['ListKindConflict', { listKind: 'WidgetList' }, '"WidgetList" is already in use'],
    // The name of one resource may not be the short name of another.
    ['PluralConflict', { shortNames: ['widgets'] }, '"widgets" is already in use'],
  ])('refuses what another one has: %s', (reason, other, message) => {
    const taken = takenNames([{ ...noNames, ...other }]);
    expect(acceptNames(names, noNames, taken).conflict).toEqual({ reason, message });
  });

  it('accepts of several names those that are free', () => {
    const taken = takenNames([{ ...noNames, kind: 'Widget', shortNames: ['wi'] }]);
    const { shortNames: _shortNames, ...others } = names;
    expect(acceptNames(names, noNames, taken).names).toEqual({ ...others, kind: '' });
  });
});
