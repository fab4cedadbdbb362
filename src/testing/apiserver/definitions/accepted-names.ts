import { isDeepStrictEqual } from 'node:util';
import type { DefinedNames } from './definition.ts';

/** The names that a definition has, of those that it asks for, and why it has not all of them. */
export interface Acceptance {
  readonly names: DefinedNames;
  /** The reason of the condition `NamesAccepted`, and its text; absent where all names were accepted. */
  readonly conflict?: { readonly reason: string; readonly message: string };
}

/** The names that others of a group have. */
export interface TakenNames {
  readonly resources: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
}

/** No name at all. */
export const noNames: DefinedNames = { plural: '', singular: '', kind: '', listKind: '' };

/** What others of a group may not be called. */
export function takenNames(others: Iterable<DefinedNames>): TakenNames {
  const all = [...others];
  return {
    resources: new Set(all.flatMap(({ plural, singular, shortNames = [] }) => [plural, singular, ...shortNames])),
    kinds: new Set(all.flatMap(({ kind, listKind }) => [kind, listKind])),
  };
}

function inUse(names: readonly string[]): string {
  const texts = names.map((name) => `${JSON.stringify(name)} is already in use`);
  return texts.length === 1 ? texts.join() : `[${texts.join(', ')}]`;
}

/**
 * Accepts the names that nobody else has; a definition keeps those that it has until it gets others.
 *
 * Source: apiextensions-apiserver `controller/status/naming_controller.go`.
 *
 * @param wanted - The names of the spec.
 * @param accepted - The names that it has.
 */
export function acceptNames(wanted: DefinedNames, accepted: DefinedNames, taken: TakenNames): Acceptance {
  let conflict: Acceptance['conflict'];
  const accept = (name: string, own: string, others: ReadonlySet<string>, reason: string): string => {
    if (name === own || !others.has(name)) return name;
    conflict = { reason, message: inUse([name]) };
    return own;
  };
  const plural = accept(wanted.plural, accepted.plural, taken.resources, 'PluralConflict');
  const singular = accept(wanted.singular, accepted.singular, taken.resources, 'SingularConflict');
  let { shortNames } = wanted;
  if (!isDeepStrictEqual(shortNames, accepted.shortNames)) {
    const own = new Set(accepted.shortNames);
    const lost = (shortNames ?? []).filter((name) => !own.has(name) && taken.resources.has(name));
    if (lost.length > 0) {
      conflict = { reason: 'ShortNamesConflict', message: inUse(lost) };
      ({ shortNames } = accepted);
    }
  }
  const kind = accept(wanted.kind, accepted.kind, taken.kinds, 'KindConflict');
  const listKind = accept(wanted.listKind, accepted.listKind, taken.kinds, 'ListKindConflict');
  const names = {
    plural,
    singular,
    ...(shortNames !== undefined && { shortNames }),
    kind,
    listKind,
    ...(wanted.categories !== undefined && { categories: wanted.categories }),
  };
  return { names, ...(conflict !== undefined && { conflict }) };
}
