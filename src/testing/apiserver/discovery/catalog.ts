import { versionRank } from '../../../protocol/objects/version-rank.ts';
import type { ApiResource } from './api-resource.ts';
import { builtInApiResources } from './built-in-api-resources.ts';
import { newestRelease, type Release } from './release.ts';

/** A version of a group, with its resources in the order in which they are listed. */
export interface ApiVersion {
  readonly version: string;
  readonly resources: readonly ApiResource[];
}

/** A group with its versions, the preferred one first. */
export interface ApiGroup {
  /** Empty for the core group. */
  readonly name: string;
  readonly versions: readonly ApiVersion[];
}

type Name = Pick<ApiResource, 'group' | 'version' | 'plural'>;

/** All that a server serves: what is built in, and after it what is added, by the names of the groups. */
export class Catalog {
  readonly #resources = new Map<string, ApiResource>();
  #groups: ReadonlyMap<string, ApiGroup> | undefined;

  /** As which release of Kubernetes it behaves. */
  readonly release: Release;

  constructor(release: Release = newestRelease) {
    this.release = release;
    for (const resource of builtInApiResources) this.#resources.set(keyOf(resource), resource);
  }

  /** Adds a resource, or takes the place of one of that name. */
  add(resource: ApiResource): void {
    this.#resources.set(keyOf(resource), resource);
    this.#groups = undefined;
  }

  remove(name: Name): void {
    this.#resources.delete(keyOf(name));
    this.#groups = undefined;
  }

  get(name: Name): ApiResource | undefined {
    return this.#resources.get(keyOf(name));
  }

  /** The resource of a kind, which has one name in its version; `undefined` where it is not served. */
  ofKind(apiVersion: string, kind: string): ApiResource | undefined {
    const [version = '', group = ''] = apiVersion.split('/').reverse();
    return this.version(group, version)?.resources.find((each) => each.kind === kind);
  }

  /** All groups, the core group first; the same array for as long as nothing is added or removed. */
  groups(): readonly ApiGroup[] {
    return [...this.#grouped().values()];
  }

  group(name: string): ApiGroup | undefined {
    return this.#grouped().get(name);
  }

  version(group: string, version: string): ApiVersion | undefined {
    return this.group(group)?.versions.find((each) => each.version === version);
  }

  #grouped(): ReadonlyMap<string, ApiGroup> {
    return (this.#groups ??= groupsOf([...this.#resources.values()]));
  }
}

/** Groups that a server has of its own; their order is that of the table. */
const builtInGroups: readonly string[] = [...new Set(builtInApiResources.map(({ group }) => group))];

/** Whether a group is one that a server has of its own. */
export function isBuiltInGroup(name: string): boolean {
  return builtInGroups.includes(name);
}

function groupsOf(resources: readonly ApiResource[]): ReadonlyMap<string, ApiGroup> {
  const added = [...new Set(resources.map(({ group }) => group))].filter((name) => !isBuiltInGroup(name)).sort();
  return new Map([...builtInGroups, ...added].map((name) => [name, groupOf(name, resources)]));
}

function groupOf(name: string, resources: readonly ApiResource[]): ApiGroup {
  const own = resources.filter(({ group }) => group === name);
  const versions = [...new Set(own.map(({ version }) => version))];
  // Stable where ranks are equal, as those of what is built in never are.
  versions.sort((a, b) => versionRank(b) - versionRank(a));
  return {
    name,
    versions: versions.map((version) => ({ version, resources: own.filter((each) => each.version === version) })),
  };
}

function keyOf({ group, version, plural }: Name): string {
  return `${group}/${version}/${plural}`;
}
