import { expect, it } from 'vitest';
import { builtInApiResources } from '#src/testing/apiserver/discovery/built-in-api-resources.ts';
import { rawRequest, rawSuccess } from './raw-request.ts';
import { Scene } from './scene.ts';
import type { Subject } from './server.ts';

interface Entry {
  readonly name: string;
  readonly [member: string]: unknown;
}

interface Group {
  readonly metadata: { readonly name?: string };
  readonly versions: readonly {
    readonly version: string;
    readonly resources: readonly { readonly resource: string; readonly [member: string]: unknown }[];
  }[];
}

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** The group versions of the table, in its order. */
const groupVersions = [...new Set(builtInApiResources.map(({ group, version }) => `${group}/${version}`))];

/** What the server tells of a group version of its own, as the table has it. */
function entriesOf(groupVersion: string): object[] {
  return builtInApiResources
    .filter(({ group, version }) => `${group}/${version}` === groupVersion)
    .flatMap(({ plural, singular, namespaced, kind, verbs, shortNames, categories, storageVersionHash, ...rest }) => [
      {
        name: plural,
        singularName: singular,
        namespaced,
        kind,
        verbs,
        ...(shortNames.length > 0 && { shortNames }),
        ...(categories.length > 0 && { categories }),
        ...(storageVersionHash !== undefined && { storageVersionHash }),
      },
      ...rest.subresources.map((part) => ({
        name: `${plural}/${part.name}`,
        singularName: '',
        namespaced,
        kind: part.kind,
        verbs: part.verbs,
        ...(part.version !== '' && { group: part.group, version: part.version }),
      })),
    ]);
}

/** How a client finds out what there is. */
export function discoverySpecs(subject: Subject): void {
  const { pinnedRelease } = subject.capabilities;

  it.skipIf(!pinnedRelease)('tells of its groups, the preferred version of each, and what is in them', async (test) => {
    const { kubeConfig } = await Scene.of(subject, test);
    expect(await rawSuccess(kubeConfig, 'GET', '/api')).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
    const { groups } = (await rawSuccess(kubeConfig, 'GET', '/apis')) as {
      readonly groups: readonly { readonly name: string; readonly versions: readonly { readonly version: string }[] }[];
    };
    const named = groups.flatMap(({ name, versions }) => versions.map(({ version }) => `${name}/${version}`));
    expect(named.slice(0, groupVersions.length - 1)).toEqual(groupVersions.slice(1));
    const autoscaling = groups.find(({ name }) => name === 'autoscaling');
    const preferredVersion = { groupVersion: 'autoscaling/v2', version: 'v2' };
    expect(autoscaling).toMatchObject({ versions: [preferredVersion, { version: 'v1' }], preferredVersion });
    expect(await rawSuccess(kubeConfig, 'GET', '/apis/autoscaling')).toEqual({
      kind: 'APIGroup',
      apiVersion: 'v1',
      ...autoscaling,
    });
    for (const groupVersion of groupVersions) {
      const path = groupVersion.startsWith('/') ? `/api${groupVersion}` : `/apis/${groupVersion}`;
      const { resources, ...head } = (await rawSuccess(kubeConfig, 'GET', path)) as {
        readonly resources: readonly Entry[];
      };
      const isCore = groupVersion === '/v1';
      expect(head).toEqual({
        kind: 'APIResourceList',
        groupVersion: isCore ? 'v1' : groupVersion,
        ...(!isCore && { apiVersion: 'v1' }),
      });
      expect(resources, path).toEqual(entriesOf(groupVersion));
    }
  });

  it.skipIf(!pinnedRelease)('tells all at once of what it tells group by group', async (test) => {
    const { kubeConfig } = await Scene.of(subject, test);
    const told: string[] = [];
    for (const path of ['/api', '/apis']) {
      const { items, ...head } = (await rawSuccess(kubeConfig, 'GET', path, { accept: aggregated })) as {
        readonly items: readonly Group[];
      };
      expect(head).toEqual({ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {} });
      for (const { metadata, versions } of items)
        for (const { version, resources } of versions)
          for (const { resource } of resources) told.push(`${metadata.name ?? ''}/${version}/${resource}`);
    }
    const expected = builtInApiResources.map(({ group, version, plural }) => `${group}/${version}/${plural}`);
    expect(told.slice(0, expected.length)).toEqual(expected);
    const { items } = (await rawSuccess(kubeConfig, 'GET', '/apis', { accept: aggregated })) as { items: Group[] };
    const apps = items.find(({ metadata }) => metadata.name === 'apps');
    expect(apps?.versions[0]).toMatchObject({ version: 'v1', freshness: 'Current' });
    expect(apps?.versions[0]?.resources.find(({ resource }) => resource === 'deployments')).toEqual({
      resource: 'deployments',
      responseKind: { group: '', version: '', kind: 'Deployment' },
      scope: 'Namespaced',
      singularResource: 'deployment',
      verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
      shortNames: ['deploy'],
      categories: ['all'],
      subresources: [
        {
          subresource: 'scale',
          responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
          verbs: ['get', 'patch', 'update'],
        },
        {
          subresource: 'status',
          responseKind: { group: '', version: '', kind: 'Deployment' },
          verbs: ['get', 'patch', 'update'],
        },
      ],
    });
  });

  it('answers in a form that is accepted, and says which there are', async (test) => {
    const { kubeConfig } = await Scene.of(subject, test);
    const kindOf = async (path: string, accept: string) => {
      const { status, body } = await rawRequest(kubeConfig, 'GET', path, { accept });
      return [status, (body as { readonly kind?: string }).kind];
    };
    expect(await kindOf('/apis', `${aggregated},application/json`)).toEqual([200, 'APIGroupDiscoveryList']);
    expect(await kindOf('/apis', `application/json,${aggregated}`)).toEqual([200, 'APIGroupDiscoveryList']);
    expect(await kindOf('/apis', '*/*')).toEqual([200, 'APIGroupList']);
    expect(await kindOf('/apis', aggregated.replace('v2', 'v3'))).toEqual([406, 'Status']);
    expect(await kindOf('/apis', 'text/html')).toEqual([406, 'Status']);
    expect(await kindOf('/api/v1', 'text/html')).toEqual([406, 'Status']);
    expect(await kindOf('/api/v1', `${aggregated},application/json`)).toEqual([200, 'APIResourceList']);
  });

  it('tells its version, and that it lives', async (test) => {
    const { kubeConfig } = await Scene.of(subject, test);
    expect(await rawSuccess(kubeConfig, 'GET', '/version')).toMatchObject({
      major: '1',
      gitVersion: expect.stringMatching(/^v1\.\d+\.\d+/) as string,
    });
    for (const path of ['/healthz', '/livez', '/readyz', '/livez/ping'])
      expect(await rawRequest(kubeConfig, 'GET', path)).toEqual({ status: 200, body: 'ok' });
    expect((await rawRequest(kubeConfig, 'GET', '/livez/nope')).status).toBe(404);
    expect(await rawRequest(kubeConfig, 'GET', '/livez?verbose')).toEqual({
      status: 200,
      body: expect.stringMatching(/^\[\+\]ping ok\n[^]*livez check passed\n$/) as string,
    });
  });

  it('does not find what is not served', async (test) => {
    const { kubeConfig } = await Scene.of(subject, test);
    const text = '404 page not found\n';
    const status = { kind: 'Status', reason: 'NotFound', details: {} };
    const namespaced = '/api/v1/namespaces/default';
    for (const [method, path, code, body] of [
      ['GET', '/nope', 404, text],
      ['GET', '/apis/nope.example.io', 404, text],
      ['GET', '/apis/nope.example.io/v1', 404, text],
      ['GET', '/apis/nope.example.io/v1/widgets', 404, text],
      ['GET', '/api/v2', 404, status],
      ['GET', '/apis/apps/v9', 404, status],
      ['GET', '/apis/apps/v9/deployments', 404, status],
      ['GET', '/api/v1/nope', 404, status],
      ['GET', `${namespaced}/nodes`, 404, status],
      ['POST', `${namespaced}/nodes`, 404, status],
      ['GET', '/api/v1/pods/a', 404, status],
      ['GET', `${namespaced}/pods/a/nope`, 404, status],
      ['GET', `${namespaced}/configmaps/a/status`, 404, status],
      ['GET', `${namespaced}/pods/a/status/more`, 404, status],
      ['GET', `${namespaced}/bindings`, 405, { kind: 'Status', reason: 'MethodNotAllowed' }],
      ['POST', '/api/v1/pods', 405, { kind: 'Status', reason: 'MethodNotAllowed' }],
      ['DELETE', '/api/v1/pods', 405, { kind: 'Status', reason: 'MethodNotAllowed' }],
      ['DELETE', '/api/v1/namespaces', 405, { kind: 'Status', reason: 'MethodNotAllowed' }],
      ['DELETE', '/api/v1', 405, { kind: 'Status', reason: 'MethodNotAllowed' }],
    ] as const) {
      const answer = await rawRequest(kubeConfig, method, path, method === 'POST' ? { body: {} } : {});
      expect(answer.status, `${method} ${path}`).toBe(code);
      if (typeof body === 'string') expect(answer.body).toBe(body);
      else expect(answer.body).toMatchObject(body);
    }
  });
}
