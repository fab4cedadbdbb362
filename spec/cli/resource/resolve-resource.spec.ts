import { firstValueFrom, NEVER, type Observable, of, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { discovery } from 'kuberx/http';
import { type NamespaceChoice, resolveResource } from '../../../cli/resource/resolve-resource.ts';
import { wantedResource } from '../../../cli/resource/wanted-resource.ts';
import { StartError } from '../../../cli/start-error.ts';
import type { HttpClient, HttpRequest } from '#src/transport/request/http-client.ts';

const verbs = ['get', 'list', 'watch'];
const widgets = {
  resource: 'widgets',
  responseKind: { kind: 'Widget' },
  scope: 'Namespaced',
  singularResource: 'widget',
  shortNames: ['wd'],
  verbs,
};
const gauges = { ...widgets, resource: 'gauges', responseKind: { kind: 'Gauge' }, singularResource: 'gauge' };
const group = (name: string, ...versions: [string, ...object[]][]): object => ({
  metadata: { name },
  versions: versions.map(([version, ...resources]) => ({ version, resources })),
});
const served = {
  '/apis': {
    kind: 'APIGroupDiscoveryList',
    items: [
      group('metrics.example.com', [
        'v1',
        { resource: 'nowatches', responseKind: { kind: 'NoWatch' }, scope: 'Namespaced', verbs: ['get', 'list'] },
      ]),
      group('a.example.com', ['v1', { ...gauges, shortNames: ['widgets'] }]),
      group('b.example.com', ['v2', widgets], ['v1', widgets, { ...gauges, resource: 'olds', scope: 'Cluster' }]),
      group('c.example.com', ['v1', widgets], ['v1beta1', widgets]),
    ],
  },
  '/apis/b.example.com/v1': {
    kind: 'APIResourceList',
    resources: [
      { name: 'olds', namespaced: false, verbs },
      { name: 'widgets', namespaced: true, verbs },
    ],
  },
} as const;

/** A server with these answers. It notes in `asked` what it is asked for. */
function server(answers: Readonly<Record<string, unknown>> = served, asked: HttpRequest[] = []): HttpClient {
  return (request) => {
    asked.push(request);
    const body = answers[request.path];
    const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
    return of(
      { type: 'head', status: body === undefined ? 404 : 200, header: () => undefined } as const,
      { type: 'chunk', bytes } as const,
    );
  };
}

function down(): Observable<never> {
  const message = 'nothing listens';
  return throwError(() => new KubeError({ reason: 'ConnectionRefused', resource: 'apis', message }));
}

function resolve(text: string, choice: NamespaceChoice = 'context', http = server()): Promise<unknown> {
  return firstValueFrom(resolveResource(discovery(http), wantedResource(text), choice, 'of-context'));
}

async function refusal(...args: Parameters<typeof resolve>): Promise<string> {
  const error = await resolve(...args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StartError);
  return (error as Error).message;
}

describe('resolveResource', () => {
  it('takes the namespace of the context, the one that is named, or all', async () => {
    expect(await resolve('pods')).toEqual({ name: 'v1/pods', namespace: 'of-context' });
    expect(await resolve('pods', { namespace: 'named' })).toEqual({ name: 'v1/pods', namespace: 'named' });
    expect(await resolve('pods', 'all')).toEqual({ name: 'v1/pods' });
  });

  it('takes no namespace for what has none', async () => {
    expect(await resolve('no')).toEqual({ name: 'v1/nodes' });
    expect(await resolve('no', { namespace: 'named' })).toEqual({ name: 'v1/nodes' });
    expect(await resolve('olds')).toEqual({ name: 'b.example.com/v1/olds' });
    expect(await resolve('b.example.com/v1/olds')).toEqual({ name: 'b.example.com/v1/olds' });
  });

  it('asks the server for nothing that is known or does not matter', async () => {
    const asked: HttpRequest[] = [];
    const ask = (text: string, choice?: NamespaceChoice): Promise<unknown> => resolve(text, choice, server({}, asked));
    expect(await ask('pods')).toEqual({ name: 'v1/pods', namespace: 'of-context' });
    expect(await ask('b.example.com/v1/olds', 'all')).toEqual({ name: 'b.example.com/v1/olds' });
    expect(await ask('x.io/v1/xs', { namespace: 'n' })).toEqual({ name: 'x.io/v1/xs', namespace: 'n' });
    expect(asked).toEqual([]);
  });

  it.each([
    ['widgets', 'b.example.com/v2/widgets'],
    ['widget', 'b.example.com/v2/widgets'],
    ['Widget', 'b.example.com/v2/widgets'],
    ['wd', 'b.example.com/v2/widgets'],
    ['wd.c.example.com', 'c.example.com/v1/widgets'],
    ['widgets.v1beta1.c.example.com', 'c.example.com/v1beta1/widgets'],
    ['gauge', 'a.example.com/v1/gauges'],
    ['b.example.com/v1/widgets', 'b.example.com/v1/widgets'],
  ])('finds %s as the server tells: %s', async (text, name) => {
    expect(await resolve(text)).toEqual({ name, namespace: 'of-context' });
  });

  it('says in one line what the server has not', async () => {
    expect(await refusal('quuxes')).toBe(
      'the server has no resource "quuxes"; in full it is group/version/plural, such as "apps/v1/deployments"',
    );
    expect(await refusal('widgets.d.example.com')).toMatch(/^the server has no resource "widgets" in the group d\.ex/);
    expect(await refusal('widgets.v7.b.example.com')).toMatch(/^the server has no resource "widgets"/);
    expect(await refusal('b.example.com/v1/gadgets')).toBe(
      'the server has no resource b.example.com/v1/gadgets; it has a.example.com/v1/gauges, b.example.com/v2/widgets, c.example.com/v1/widgets',
    );
    expect(await refusal('b.example.com/v9/widgets')).toBe(
      'the server has no resource b.example.com/v9/widgets; it has a.example.com/v1/gauges, b.example.com/v2/widgets, c.example.com/v1/widgets',
    );
    expect(await refusal('nowatches')).toBe('metrics.example.com/v1/nowatches cannot be watched, says the server');
  });

  it('says which part of the server did not answer, where the resource may be', async () => {
    const stale = { metadata: { name: 'x.io' }, versions: [{ version: 'v1', freshness: 'Stale' }] };
    const items = [stale, group('y.io', ['v1', widgets])];
    const half = { '/apis': { kind: 'APIGroupDiscoveryList', items } };
    expect(await resolve('widgets', 'all', server(half))).toEqual({ name: 'y.io/v1/widgets' });
    expect(await refusal('quuxes', 'all', server(half))).toMatch(
      /^the server has no resource "quuxes"; .*all of x\.io\/v1$/,
    );
    expect(await refusal('x.io/v1/quuxes', 'context', server(half))).toBe(
      'the server has no resource x.io/v1/quuxes; it did not tell all of x.io/v1',
    );
  });

  it('says how to do without the server where it cannot be asked', async () => {
    expect(await refusal('widgets', 'all', down)).toBe(
      '"widgets" is not built in, and the server did not say what it is: apis: nothing listens (ConnectionRefused); ' +
        'write it as group/version/plural, such as "apps/v1/deployments", with -n NAMESPACE or -A',
    );
    expect(await refusal('x.io/v1/xs', 'context', down)).toBe(
      'whether x.io/v1/xs has namespaces only the server knows, and it did not say: ' +
        'apis: nothing listens (ConnectionRefused); add -n NAMESPACE or -A',
    );
    for (const body of ['no json', '[]', { kind: 'PodList', items: [] }])
      expect(await refusal('widgets', 'context', server({ '/apis': body }))).toMatch(/did not say .*\(Malformed\)/);
  });

  it('does not wait for ever', () => {
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(({ expectObservable }) => {
      const message = expect.stringContaining('no answer within 10 s (Timeout)') as string;
      const silent$ = resolveResource(
        discovery(() => NEVER),
        { word: 'widgets' },
        'all',
        'n',
      );
      expectObservable(silent$).toBe('10s #', undefined, expect.objectContaining({ message }));
    });
  });
});
