import { builtInByName, builtInByWord } from '../../protocol/objects/built-in-names.ts';
import type { Resource } from './parse-resource.ts';

/** The fault of a resource name that no server has, and the resource that it probably means. */
export interface MeantResource {
  readonly fault: string;
  /** `v1/pods`. */
  readonly name: string;
}

/**
 * The built-in resource that a name in the right form means: `v1/pod`, `apps/v1/deploy`, `v1/deployments`. `undefined`
 * for a name that a server may have, built in or not: nobody can add resources to the core group, or kinds and short
 * names to the plurals of a built-in group and version.
 */
export function meantResource({ group, version, plural, apiVersion }: Resource): MeantResource | undefined {
  if (builtInByName(`${apiVersion}/${plural}`) !== undefined) return undefined;
  const ofGroup = builtInByWord(plural, group, version);
  if (ofGroup !== undefined) return { fault: `${JSON.stringify(plural)} is not the plural`, name: ofGroup.name };
  const elsewhere = apiVersion === 'v1' ? builtInByWord(plural) : undefined;
  return elsewhere && { fault: 'it is of another group', name: elsewhere.name };
}

/** The full name of the built-in resource that a name in another form means: `pods`, `deployments.apps`, `v1/Pod`. */
export function meantByText(text: string): string | undefined {
  const parts = text.trim().toLowerCase().split('/');
  const word = parts.pop() ?? '';
  if (parts.length === 0) {
    const [plural = '', ...group] = word.split('.');
    return builtInByWord(plural, group.length === 0 ? undefined : group.join('.'))?.name;
  }
  const [first = '', second] = parts;
  if (second !== undefined) return parts.length > 2 ? undefined : builtInByWord(word, first, second)?.name;
  return (/^v\d/.test(first) ? builtInByWord(word, '', first) : builtInByWord(word, first))?.name;
}
