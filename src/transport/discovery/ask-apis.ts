import { catchError, defer, forkJoin, from, map, mergeMap, type Observable, of, toArray } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import { acceptResponse } from '../accept-response.ts';
import { readBody } from '../decode/read-body.ts';
import { malformed } from '../decode/object-rule.ts';
import type { HttpClient } from '../request/http-client.ts';
import type { DiscoveredApis } from './discovered-apis.ts';
import { apiVersionOf, type GroupVersion, joined, readResourceList, readRoot } from './read-documents.ts';

/** All groups with their resources in one answer: v2 since Kubernetes 1.30, v2beta1 from 1.27 to 1.32, or what there was before. */
const aggregated = ['v2', 'v2beta1'].map(
  (version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
);
const anyForm = [...aggregated, 'application/json'].join();

/** How many group versions are asked for at once: as many requests as a browser sends to one server over HTTP/1.1. */
const atOnce = 6;

const nothing: DiscoveredApis = { resources: [], failures: [] };

/**
 * Asks a server for all that it serves: two requests at once, and one for each group version where it does not answer in
 * the aggregated form. Emits once and completes; unsubscribing aborts. A group version that fails is a failure of the
 * result, with the resources that `previous` has of it. Errors with a `KubeError` where `/api` or `/apis` fails, or a
 * connection. But a server may have one of them alone (404), and may forbid one.
 */
export function askApis(
  http: HttpClient,
  previous: DiscoveredApis | undefined,
  now: () => number,
): Observable<DiscoveredApis> {
  function askRoot(path: string): Observable<Root> {
    return askJson(http, path, anyForm, now).pipe(
      map((document) => readRoot(path, document)),
      mergeMap((root) => {
        if (root.form === 'aggregated') return of(root.apis);
        return from(root.groupVersions.entries()).pipe(
          mergeMap(([index, each]) => askVersion(each).pipe(map((apis) => ({ index, apis }))), atOnce),
          toArray(),
          map((answers) => answers.sort((a, b) => a.index - b.index).map(({ apis }) => apis)),
          map((answers) => joined([...answers, { resources: [], failures: root.failures }])),
        );
      }),
      map((apis) => ({ path, apis })),
      catchError((error: unknown) => {
        if (error instanceof KubeError && mayBeMissing.has(error.reason)) return of({ path, error });
        throw error;
      }),
    );
  }

  function askVersion(groupVersion: GroupVersion): Observable<DiscoveredApis> {
    const where = apiVersionOf(groupVersion);
    return askJson(http, `${groupVersion.group === '' ? '/api' : '/apis'}/${where}`, 'application/json', now).pipe(
      map((document) => readResourceList(groupVersion, document)),
      catchError((error: unknown) => {
        if (!(error instanceof KubeError) || !isOfServer(error)) throw error;
        return of({
          resources: keptOf(previous, ({ apiVersion }) => apiVersion === where),
          failures: [{ where, error }],
        });
      }),
    );
  }

  return forkJoin([askRoot('/api'), askRoot('/apis')]).pipe(map((roots) => together(roots, previous)));
}

/** Of a root: a server without it, and one that does not let it be read. */
const mayBeMissing: ReadonlySet<string> = new Set(['NotFound', 'Forbidden']);

/** Whether the server answered. Where it did not, all that comes after would fail as well. */
function isOfServer({ code, reason }: KubeError): boolean {
  return code !== undefined || reason === 'Malformed';
}

type Root = { readonly path: string } & ({ readonly apis: DiscoveredApis } | { readonly error: KubeError });

function together(roots: readonly Root[], previous: DiscoveredApis | undefined): DiscoveredApis {
  const missing = roots.flatMap((root) => ('error' in root ? [root.error] : []));
  const [first] = missing;
  if (first !== undefined && missing.length === roots.length)
    throw missing.find(({ reason }) => reason === 'Forbidden') ?? first;
  const parts = roots.map((root): DiscoveredApis => {
    if ('apis' in root) return root.apis;
    if (root.error.reason === 'NotFound') return nothing;
    const kept = keptOf(previous, ({ group }) => (group === '') === (root.path === '/api'));
    return { resources: kept, failures: [{ where: root.path, error: root.error }] };
  });
  // A group version that failed, and about which the server has said nothing.
  const told = new Set(parts.flatMap(({ resources }) => resources.map(({ apiVersion }) => apiVersion)));
  const failed = new Set(parts.flatMap(({ failures }) => failures.map(({ where }) => where)));
  const kept = keptOf(previous, ({ apiVersion }) => failed.has(apiVersion) && !told.has(apiVersion));
  return joined([...parts, { resources: kept, failures: [] }]);
}

function keptOf(
  previous: DiscoveredApis | undefined,
  isOf: (resource: DiscoveredApis['resources'][number]) => boolean,
): DiscoveredApis['resources'] {
  return previous?.resources.filter(isOf) ?? [];
}

function askJson(http: HttpClient, path: string, accept: string, now: () => number): Observable<unknown> {
  const resource = path.replace(/^\//, '');
  return defer(() => http({ resource, method: 'GET', path, headers: { accept } })).pipe(
    acceptResponse(resource, now),
    readBody(resource),
    map((body): unknown => {
      try {
        return JSON.parse(body);
      } catch {
        // Its cause would quote what the server sent.
        throw malformed(resource, 'the answer is not JSON');
      }
    }),
  );
}
