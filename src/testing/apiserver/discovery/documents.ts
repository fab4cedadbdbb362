import type { ApiResource, ApiSubresource } from './api-resource.ts';
import { type ApiGroup, type ApiVersion, isBuiltInGroup } from './catalog.ts';
import { fullVersion, type Release } from './release.ts';

/** `/version`. */
export function versionDocument(release: Release): object {
  const version = fullVersion(release);
  const [major = '', minor = ''] = version.slice(1).split('.');
  return {
    major,
    minor,
    emulationMajor: major,
    emulationMinor: minor,
    minCompatibilityMajor: major,
    minCompatibilityMinor: String(Number(minor) - 1),
    // What is behind the plus tells that it is not the real one.
    gitVersion: `${version}+kuberx`,
    gitCommit: '',
    gitTreeState: '',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: '',
    platform: '',
  };
}

/** `/api`; `address`: where the server was reached. */
export function coreVersionsDocument(address: string): object {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
}

function groupMembers({ name, versions }: ApiGroup): object {
  const told = versions.map(({ version }) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: told, preferredVersion: told[0] };
}

/** `/apis`. */
export function groupListDocument(groups: readonly ApiGroup[]): object {
  const named = groups.filter(({ name }) => name !== '');
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: named.map(groupMembers) };
}

/** `/apis/GROUP`. */
export function groupDocument(group: ApiGroup): object {
  return { kind: 'APIGroup', apiVersion: 'v1', ...groupMembers(group) };
}

function listed(member: string, values: readonly string[]): object {
  return values.length > 0 ? { [member]: values } : {};
}

function partEntry(resource: ApiResource, { name, group, version, kind, verbs }: ApiSubresource): object {
  return {
    name: `${resource.plural}/${name}`,
    singularName: '',
    namespaced: resource.namespaced,
    ...(version !== '' && { group, version }),
    kind,
    verbs,
  };
}

function resourceEntries(resource: ApiResource): object[] {
  const { plural, singular, namespaced, kind, shortNames, categories, storageVersionHash } = resource;
  const { verbs, toldVerbs = verbs } = resource;
  const entry = {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs: toldVerbs,
    ...listed('shortNames', shortNames),
    ...listed('categories', categories),
    ...(storageVersionHash !== undefined && { storageVersionHash }),
  };
  return [entry, ...resource.subresources.map((part) => partEntry(resource, part))];
}

/** `/api/v1`, `/apis/GROUP/VERSION`. */
export function resourceListDocument(group: string, { version, resources }: ApiVersion): object {
  return {
    kind: 'APIResourceList',
    // The core group is older than that field.
    ...(group !== '' && { apiVersion: 'v1' }),
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: resources.flatMap(resourceEntries),
  };
}

/** Of what is built in, the group and the version of its own resource are left out. */
function aggregatedKind({ group, version }: ApiResource, kind: string): object {
  return isBuiltInGroup(group) ? { group: '', version: '', kind } : { group, version, kind };
}

function aggregatedPart(resource: ApiResource, { name, group, version, kind, verbs }: ApiSubresource): object {
  return {
    subresource: name,
    responseKind: version === '' ? aggregatedKind(resource, kind) : { group, version, kind },
    verbs,
  };
}

function aggregatedResource(resource: ApiResource): object {
  const { plural, singular, namespaced, kind, shortNames, categories, subresources } = resource;
  const { verbs, toldVerbs = verbs } = resource;
  return {
    resource: plural,
    responseKind: aggregatedKind(resource, kind),
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs: toldVerbs,
    ...listed('shortNames', shortNames),
    ...listed('categories', categories),
    ...(subresources.length > 0 && { subresources: subresources.map((part) => aggregatedPart(resource, part)) }),
  };
}

/** `/api` and `/apis` for those who accept all at once: groups with their versions and resources. */
export function aggregatedDocument(groups: readonly ApiGroup[]): object {
  const items = groups.map(({ name, versions }) => ({
    metadata: name === '' ? {} : { name },
    versions: versions.map(({ version, resources }) => ({
      version,
      resources: resources.map(aggregatedResource),
      freshness: 'Current',
    })),
  }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
}
