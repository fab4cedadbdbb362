import { catchError, map, type Observable, of } from 'rxjs';
import { KubeError } from 'kuberx';
import { getJson, type HttpClient, parseResource } from 'kuberx/http';
import { isJsonRecord, type JsonRecord } from '../json-record.ts';
import type { ResourceName, ResourceWord } from './wanted-resource.ts';

/** A resource as a server's discovery describes it. */
export interface ServedResource {
  /** `example.com/v1/widgets`. */
  readonly name: string;
  readonly namespaced: boolean;
  /** True where it can be listed and watched. */
  readonly watched: boolean;
}

/** All groups with their resources in one answer; servers have it since 1.30 (apidiscovery.k8s.io/v2). */
const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/**
 * Asks a server for a resource that is not built in: by a word as kubectl takes it, or by a full name whose scope is
 * unknown. Emits it, or `undefined` where the server has none. A word means a plural before a singular or a short name,
 * and of several groups the one that the server names first. Errors with a `KubeError` where the server does not tell.
 */
export function askServer(
  http: HttpClient,
  wanted: ResourceName | ResourceWord,
): Observable<ServedResource | undefined> {
  return 'name' in wanted ? byName(http, wanted.name) : byWord(http, wanted);
}

function byName(http: HttpClient, name: string): Observable<ServedResource | undefined> {
  const { apiVersion, group, plural } = parseResource(name);
  return answer(http, `${group === '' ? '/api' : '/apis'}/${apiVersion}`, 'application/json').pipe(
    map(({ resources }) => {
      const resource = records(resources).find((each) => each['name'] === plural);
      return resource && { name, namespaced: resource['namespaced'] === true, watched: canWatch(resource) };
    }),
    // A group or version that the server does not have.
    catchError((error: unknown) => {
      if (error instanceof KubeError && error.reason === 'NotFound') return of(undefined);
      throw error;
    }),
  );
}

function byWord(http: HttpClient, { word, group, version }: ResourceWord): Observable<ServedResource | undefined> {
  return answer(http, '/apis', aggregated).pipe(
    map((list) => {
      if (list['kind'] !== 'APIGroupDiscoveryList') throw malformed('the server does not list its resources at /apis');
      const served = records(list['items']).flatMap((item) => resourcesOf(item, version));
      const candidates = served.filter((resource) => group === undefined || resource.group === group);
      const found =
        candidates.find(({ plural }) => plural === word) ?? candidates.find(({ words }) => words.includes(word));
      return found && { name: found.name, namespaced: found.namespaced, watched: found.watched };
    }),
  );
}

interface GroupResource extends ServedResource {
  readonly group: string;
  readonly plural: string;
  readonly words: readonly unknown[];
}

/** The resources of a group: of each, those of the first version that has it, which the server prefers. */
function resourcesOf({ metadata, versions }: JsonRecord, wanted: string | undefined): GroupResource[] {
  const group = isJsonRecord(metadata) ? text(metadata['name']) : '';
  return records(versions).flatMap(({ version, resources }) =>
    wanted !== undefined && version !== wanted
      ? []
      : records(resources).map((resource) => {
          const plural = text(resource['resource']);
          const kind = isJsonRecord(resource['responseKind']) ? text(resource['responseKind']['kind']) : '';
          const { shortNames } = resource;
          return {
            name: `${group}/${text(version)}/${plural}`,
            namespaced: resource['scope'] === 'Namespaced',
            watched: canWatch(resource),
            group,
            plural,
            words: [
              text(resource['singularResource']),
              kind.toLowerCase(),
              ...(Array.isArray(shortNames) ? (shortNames as unknown[]) : []),
            ],
          };
        }),
  );
}

function answer(http: HttpClient, path: string, accept: string): Observable<JsonRecord> {
  return getJson(http, path, { accept }).pipe(
    map((value) => {
      if (!isJsonRecord(value)) throw malformed(`the server answered ${path} with no JSON object`);
      return value;
    }),
  );
}

function canWatch({ verbs }: JsonRecord): boolean {
  return Array.isArray(verbs) && verbs.includes('list') && verbs.includes('watch');
}

function records(value: unknown): JsonRecord[] {
  return Array.isArray(value) ? value.filter(isJsonRecord) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function malformed(message: string): KubeError {
  return new KubeError({ reason: 'Malformed', resource: 'discovery', message });
}
