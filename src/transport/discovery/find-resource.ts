import type { DiscoveredResource } from './discovered-apis.ts';

type Resources = readonly DiscoveredResource[];

/** What a word says of a resource: `deployments`, `deployments.apps`, `deployments.v1.apps`. */
interface Reading {
  readonly word: string;
  readonly group?: string;
  readonly version?: string;
}

/** The type of an object: its `apiVersion` and `kind`. */
export interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * The resource that a word means, as kubectl finds it, or that a full name means (`apps/v1/deployments`). In this order:
 *
 * 1. a plural or a singular, in any case;
 * 2. a short name, as it is written;
 * 3. a kind, as it is written or all in lower case.
 *
 * A word may have `.GROUP` or `.VERSION.GROUP` behind it; a group may be cut short (`storageclass.storage`) where none is
 * called so. Of several resources the first one counts: that of the core group, then by the order of the server.
 * Source: cli-runtime `pkg/resource/builder.go` (mappingFor), client-go `restmapper/shortcut.go` and `discovery.go`,
 * apimachinery `pkg/api/meta/restmapper.go` (ResourcesFor).
 */
export function findResource(resources: Resources, text: string): DiscoveredResource | undefined {
  if (text.includes('/')) return resources.find(({ name }) => name === text);
  const readings = readingsOf(text);
  return (
    firstOf(readings, (reading) => byResource(resources, reading)) ??
    firstOf(readings, (reading) => byKind(resources, reading))
  );
}

/** The resource of objects with an `apiVersion` and a `kind`, each as it is written. */
export function findKind(resources: Resources, { apiVersion, kind }: ObjectKind): DiscoveredResource | undefined {
  return resources.find((each) => each.apiVersion === apiVersion && each.kind === kind);
}

function readingsOf(text: string): readonly Reading[] {
  const [word = '', ...rest] = text.split('.');
  if (rest.length === 0) return [{ word }];
  const [version = '', ...group] = rest;
  const ofGroup: Reading = { word, group: rest.join('.') };
  return group.length === 0 ? [ofGroup] : [{ word, version, group: group.join('.') }, ofGroup];
}

function byResource(resources: Resources, reading: Reading): DiscoveredResource | undefined {
  const { word } = reading;
  const lower = word.toLowerCase();
  return (
    among(resources, reading, ({ plural, singular, kind }) =>
      // Servers that are old name no singular.
      [plural, singular === '' ? kind.toLowerCase() : singular].includes(lower),
    ) ?? among(resources, reading, ({ shortNames }) => shortNames.includes(word))
  );
}

function byKind(resources: Resources, reading: Reading): DiscoveredResource | undefined {
  const { word } = reading;
  return among(resources, reading, ({ kind }) => kind === word || kind.toLowerCase() === word);
}

/** The first match in the group and version, or else in a group that begins so. */
function among(
  resources: Resources,
  { group, version }: Reading,
  isMeant: (resource: DiscoveredResource) => boolean,
): DiscoveredResource | undefined {
  const candidates = resources.filter((each) => (version === undefined || each.version === version) && isMeant(each));
  if (group === undefined) return candidates[0];
  const exact = candidates.find((each) => each.group === group);
  if (exact !== undefined || version !== undefined || group === '') return exact;
  return candidates.find((each) => each.group.startsWith(group));
}

function firstOf<A, B>(values: readonly A[], find: (value: A) => B | undefined): B | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
