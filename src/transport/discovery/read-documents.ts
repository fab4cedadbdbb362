import { KubeError } from '../../protocol/errors/kube-error.ts';
import { isJsonRecord, type JsonRecord } from '../decode/json-record.ts';
import { isText, malformed } from '../decode/object-rule.ts';
import type { DiscoveredApis, DiscoveredResource, DiscoveredSubresource, DiscoveryFailure } from './discovered-apis.ts';

/** A version of a group, as a list of groups names it. */
export interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

/** What a server answers at `/api` or `/apis`: all resources, or the group versions to ask for one by one. */
export type RootDocument =
  | { readonly form: 'aggregated'; readonly apis: DiscoveredApis }
  | {
      readonly form: 'plain';
      readonly groupVersions: readonly GroupVersion[];
      readonly failures: readonly DiscoveryFailure[];
    };

/** `v1`, `apps/v1`. */
export function apiVersionOf({ group, version }: GroupVersion): string {
  return group === '' ? version : `${group}/${version}`;
}

/**
 * Reads what a server answers at `/api` or `/apis`, in any form that discovery has had. Parts that it cannot read become
 * failures. Throws the `KubeError` Malformed for something else.
 */
export function readRoot(path: string, document: unknown): RootDocument {
  const given = isJsonRecord(document) ? document : {};
  switch (given['kind']) {
    case 'APIGroupDiscoveryList':
      return { form: 'aggregated', apis: aggregated(path, rowsOf(path, given, 'items')) };
    case 'APIGroupList':
      return { form: 'plain', ...plainGroups(path, rowsOf(path, given, 'groups')) };
    case 'APIVersions': {
      const versions = rowsOf(path, given, 'versions').filter(isText);
      return { form: 'plain', groupVersions: versions.map((version) => ({ group: '', version })), failures: [] };
    }
    default:
      throw malformed(wordsOf(path), 'the answer is not a discovery document');
  }
}

/**
 * Reads what a server answers for one group version, an `APIResourceList`. Throws the `KubeError` Malformed for something
 * else.
 */
export function readResourceList(from: GroupVersion, document: unknown): DiscoveredApis {
  const where = apiVersionOf(from);
  if (!isJsonRecord(document) || document['kind'] !== 'APIResourceList')
    throw malformed(where, 'the answer is not a discovery document');
  const rows = rowsOf(where, document, 'resources');
  const parts = new Map<string, DiscoveredSubresource[]>();
  for (const row of rows.filter(isJsonRecord)) {
    const [plural = '', ...rest] = textOf(row, 'name').split('/');
    if (rest.length === 0) continue;
    const type = { group: textOf(row, 'group'), version: textOf(row, 'version') };
    const own = parts.get(plural) ?? [];
    own.push({
      name: rest.join('/'),
      apiVersion: apiVersionOf(type.version === '' ? from : type),
      kind: textOf(row, 'kind'),
      verbs: textsOf(row, 'verbs'),
    });
    parts.set(plural, own);
  }
  return resourcesOf(from, rows, (row) => {
    const plural = textOf(row, 'name');
    if (plural.includes('/')) return 'none';
    return {
      ...named(from, plural, textOf(row, 'kind')),
      singular: textOf(row, 'singularName'),
      namespaced: row['namespaced'] === true,
      subresources: parts.get(plural) ?? [],
    };
  });
}

/** The resources of several documents in the order in which a client looks for them, each told whether it is preferred. */
export function joined(parts: readonly DiscoveredApis[]): DiscoveredApis {
  const all = parts.flatMap(({ resources }) => resources);
  // A server may list the core group anywhere; it comes first for kubectl.
  const ordered = [...all.filter(({ group }) => group === ''), ...all.filter(({ group }) => group !== '')];
  const seen = new Set<string>();
  const resources = ordered.map((resource) => {
    const name = `${resource.group}/${resource.plural}`;
    const preferred = !seen.has(name);
    seen.add(name);
    return { ...resource, preferred };
  });
  return { resources, failures: parts.flatMap(({ failures }) => failures) };
}

function aggregated(path: string, items: readonly unknown[]): DiscoveredApis {
  return joined(
    items.map((item) => {
      const metadata = isJsonRecord(item) ? item['metadata'] : undefined;
      const group = isJsonRecord(metadata) ? textOf(metadata, 'name') : '';
      // The core group has no name, and stands at /api alone.
      const isMissing = !isJsonRecord(metadata) || (group === '') !== (path === '/api');
      if (!isJsonRecord(item) || isMissing) return failed(path, 'a group has no name');
      const versions = item['versions'] ?? [];
      if (!Array.isArray(versions)) return failed(group, 'a group has no versions');
      return joined(versions.map((version) => aggregatedVersion(group, version)));
    }),
  );
}

function aggregatedVersion(group: string, given: unknown): DiscoveredApis {
  const version = isJsonRecord(given) ? textOf(given, 'version') : '';
  if (!isJsonRecord(given) || version === '') return failed(group, 'a version has no name');
  const from = { group, version };
  const rows = given['resources'] ?? [];
  if (!Array.isArray(rows)) return failed(apiVersionOf(from), 'a version has no resources');
  const { resources, failures } = resourcesOf(from, rows, (row) => {
    const kind = kindOf(row);
    // The place of subresources whose resource is not served, as servers wrote it.
    if (kind === undefined) return 'none';
    return {
      ...named(from, textOf(row, 'resource'), kind.kind),
      singular: textOf(row, 'singularResource'),
      namespaced: row['scope'] === 'Namespaced',
      subresources: recordsOf(row, 'subresources').map((part) => {
        const type = kindOf(part);
        return {
          name: textOf(part, 'subresource'),
          apiVersion: type === undefined || type.version === '' ? apiVersionOf(from) : apiVersionOf(type),
          kind: type?.kind ?? '',
          verbs: textsOf(part, 'verbs'),
        };
      }),
    };
  });
  if (given['freshness'] !== 'Stale') return { resources, failures };
  const message = 'its backend does not answer; what the server tells of it is old';
  const error = new KubeError({ reason: 'ServiceUnavailable', resource: apiVersionOf(from), message });
  return { resources, failures: [...failures, { where: apiVersionOf(from), error }] };
}

function plainGroups(path: string, rows: readonly unknown[]): Omit<RootDocument & { form: 'plain' }, 'form'> {
  const groupVersions: GroupVersion[] = [];
  const failures: DiscoveryFailure[] = [];
  for (const row of rows) {
    const group = isJsonRecord(row) ? textOf(row, 'name') : '';
    if (!isJsonRecord(row) || group === '') {
      failures.push(...failed(path, 'a group has no name').failures);
      continue;
    }
    const preferred = isJsonRecord(row['preferredVersion']) ? textOf(row['preferredVersion'], 'version') : '';
    const versions = recordsOf(row, 'versions')
      .map((each) => textOf(each, 'version'))
      .filter((version) => version !== '');
    const first = versions.filter((version) => version === preferred);
    const ordered = [...first, ...versions.filter((version) => version !== preferred)];
    groupVersions.push(...ordered.map((version) => ({ group, version })));
  }
  return { groupVersions, failures };
}

type Named = Pick<DiscoveredResource, 'name' | 'apiVersion' | 'group' | 'version' | 'plural' | 'kind'>;
type Described = Named & Pick<DiscoveredResource, 'singular' | 'namespaced' | 'subresources'>;

function named(from: GroupVersion, plural: string, kind: string): Named {
  const apiVersion = apiVersionOf(from);
  return { name: `${apiVersion}/${plural}`, apiVersion, ...from, plural, kind };
}

/** `describe` returns `none` for a row that is not a resource of its own. */
function resourcesOf(
  from: GroupVersion,
  rows: readonly unknown[],
  describe: (row: JsonRecord) => Described | 'none',
): DiscoveredApis {
  const resources: DiscoveredResource[] = [];
  let refused = 0;
  for (const row of rows) {
    const described = isJsonRecord(row) ? describe(row) : undefined;
    if (described === 'none') continue;
    if (!isJsonRecord(row) || described === undefined || described.plural === '' || described.kind === '') {
      refused += 1;
      continue;
    }
    const lists = {
      verbs: textsOf(row, 'verbs'),
      shortNames: textsOf(row, 'shortNames'),
      categories: textsOf(row, 'categories'),
    };
    resources.push({ ...described, ...lists, preferred: true });
  }
  if (refused === 0) return { resources, failures: [] };
  const { failures } = failed(apiVersionOf(from), `${refused} of its resources have no name or no kind`);
  return { resources, failures };
}

function failed(where: string, fault: string): DiscoveredApis {
  return {
    resources: [],
    failures: [{ where, error: malformed(wordsOf(where), `in the discovery document, ${fault}`) }],
  };
}

/** An array; the server writes `null` where it is empty. */
function rowsOf(where: string, document: JsonRecord, member: string): readonly unknown[] {
  const rows = document[member] ?? [];
  if (!Array.isArray(rows)) throw malformed(wordsOf(where), `the discovery document has no ${member}`);
  return rows;
}

function kindOf(row: JsonRecord): { group: string; version: string; kind: string } | undefined {
  const type = row['responseKind'];
  if (!isJsonRecord(type)) return undefined;
  return { group: textOf(type, 'group'), version: textOf(type, 'version'), kind: textOf(type, 'kind') };
}

function recordsOf(row: JsonRecord, member: string): readonly JsonRecord[] {
  const value = row[member];
  return Array.isArray(value) ? value.filter(isJsonRecord) : [];
}

function textsOf(row: JsonRecord, member: string): readonly string[] {
  const value = row[member];
  return Array.isArray(value) ? value.filter(isText) : [];
}

function textOf(row: JsonRecord, member: string): string {
  const value = row[member];
  return isText(value) ? value : '';
}

/** A path or group version as errors name a resource. */
function wordsOf(where: string): string {
  return where.replace(/^\//, '');
}
