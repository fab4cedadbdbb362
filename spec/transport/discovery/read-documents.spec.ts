import { describe, expect, it } from 'vitest';
import { readResourceList, readRoot } from '#src/transport/discovery/read-documents.ts';

const verbs = ['get', 'list'];
const widgets = {
  resource: 'widgets',
  responseKind: { group: '', version: '', kind: 'Widget' },
  scope: 'Namespaced',
  singularResource: 'widget',
  verbs,
};
const item = (name: string, ...versions: object[]): object => ({ metadata: { name }, versions });
const list = (...items: unknown[]): object => ({ kind: 'APIGroupDiscoveryList', items });
const told = (document: unknown, path = '/apis') => {
  const root = readRoot(path, document);
  const { resources, failures } = root.form === 'aggregated' ? root.apis : { resources: [], failures: root.failures };
  return [resources.map(({ name }) => name), failures.map(({ where, error }) => `${where} ${error.reason}`)];
};

describe('readRoot', () => {
  it('reads all that there is of a resource', () => {
    const subresources = [
      { subresource: 'status', responseKind: { group: '', version: '', kind: 'Widget' }, verbs },
      { subresource: 'scale', responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' }, verbs: null },
    ];
    const resource = { ...widgets, shortNames: ['wd'], categories: ['all'], subresources };
    expect(readRoot('/apis', list(item('a.io', { version: 'v1', resources: [resource] })))).toEqual({
      form: 'aggregated',
      apis: {
        resources: [
          {
            name: 'a.io/v1/widgets',
            apiVersion: 'a.io/v1',
            group: 'a.io',
            version: 'v1',
            plural: 'widgets',
            singular: 'widget',
            kind: 'Widget',
            namespaced: true,
            verbs,
            shortNames: ['wd'],
            categories: ['all'],
            subresources: [
              { name: 'status', apiVersion: 'a.io/v1', kind: 'Widget', verbs },
              { name: 'scale', apiVersion: 'autoscaling/v1', kind: 'Scale', verbs: [] },
            ],
            preferred: true,
          },
        ],
        failures: [],
      },
    });
  });

  it('tells of the version that is preferred, of those that have a resource', () => {
    const gauges = { ...widgets, resource: 'gauges' };
    const root = readRoot(
      '/apis',
      list(
        item('a.io', { version: 'v2', resources: [widgets] }, { version: 'v1', resources: [widgets, gauges] }),
        item('b.io', { version: 'v1', resources: [widgets] }),
      ),
    );
    const preferred = root.form === 'aggregated' && root.apis.resources.filter((each) => each.preferred);
    expect(preferred).toMatchObject([
      { name: 'a.io/v2/widgets' },
      { name: 'a.io/v1/gauges' },
      { name: 'b.io/v1/widgets' },
    ]);
  });

  it('takes null for no elements, as the server writes it', () => {
    expect(told({ kind: 'APIGroupDiscoveryList', items: null })).toEqual([[], []]);
    expect(told(list(item('a.io', { version: 'v1', resources: null })))).toEqual([[], []]);
    expect(told({ kind: 'APIGroupList', groups: null })).toEqual([[], []]);
  });

  it('tells of a stale version, and keeps what the server tells of it', () => {
    const stale = { version: 'v1', resources: [widgets], freshness: 'Stale' };
    expect(told(list(item('a.io', stale), item('b.io', { version: 'v1', resources: [widgets] })))).toEqual([
      ['a.io/v1/widgets', 'b.io/v1/widgets'],
      ['a.io/v1 ServiceUnavailable'],
    ]);
  });

  it('passes over what is not a resource, and tells of it unless it is the place of subresources', () => {
    const good = item('z.io', { version: 'v1', resources: [widgets] });
    const parts = { resource: 'parts', subresources: [] };
    const cases = [
      [null, '/apis Malformed'],
      [{ metadata: null, versions: [] }, '/apis Malformed'],
      [{ metadata: {}, versions: [{ version: 'v1', resources: [widgets] }] }, '/apis Malformed'],
      [{ metadata: { name: 'a.io' }, versions: 'none' }, 'a.io Malformed'],
      [item('a.io', {}), 'a.io Malformed'],
      [item('a.io', { version: 'v1', resources: {} }), 'a.io/v1 Malformed'],
      [item('a.io', { version: 'v1', resources: [null, { ...widgets, resource: 7 }] }), 'a.io/v1 Malformed'],
      [item('a.io', { version: 'v1', resources: [parts] }), undefined],
    ] as const;
    for (const [bad, failure] of cases)
      expect(told(list(bad, good))).toEqual([['z.io/v1/widgets'], failure === undefined ? [] : [failure]]);
  });

  it('reads groups and versions of servers without aggregated discovery, the preferred version first', () => {
    const groups = [
      {
        name: 'a.io',
        versions: [{ version: 'v1' }, { version: 'v2' }],
        preferredVersion: { groupVersion: 'a.io/v2', version: 'v2' },
      },
      { name: 'b.io', versions: [{ version: 'v1' }, 7] },
      7,
    ];
    expect(readRoot('/apis', { kind: 'APIGroupList', groups })).toMatchObject({
      form: 'plain',
      groupVersions: [
        { group: 'a.io', version: 'v2' },
        { group: 'a.io', version: 'v1' },
        { group: 'b.io', version: 'v1' },
      ],
      failures: [{ where: '/apis' }],
    });
    expect(readRoot('/api', { kind: 'APIVersions', versions: ['v1', 7] })).toEqual({
      form: 'plain',
      groupVersions: [{ group: '', version: 'v1' }],
      failures: [],
    });
  });

  it.each([
    [null],
    ['text'],
    [[]],
    [{}],
    [{ kind: 'PodList', items: [] }],
    [{ kind: 'APIGroupDiscoveryList', items: 7 }],
  ])('is Malformed for %j', (document) => {
    expect(() => readRoot('/apis', document)).toThrow(
      expect.objectContaining({ reason: 'Malformed', resource: 'apis' }),
    );
  });
});

describe('readResourceList', () => {
  const from = { group: 'a.io', version: 'v1' };
  const row = { name: 'widgets', singularName: 'widget', namespaced: true, kind: 'Widget', verbs };

  it('reads resources with their subresources', () => {
    const resources = [
      row,
      { ...row, name: 'widgets/status' },
      { ...row, name: 'widgets/scale', group: 'autoscaling', version: 'v1', kind: 'Scale' },
    ];
    expect(readResourceList(from, { kind: 'APIResourceList', groupVersion: 'a.io/v1', resources })).toMatchObject({
      resources: [
        {
          name: 'a.io/v1/widgets',
          singular: 'widget',
          kind: 'Widget',
          namespaced: true,
          verbs,
          subresources: [
            { name: 'status', apiVersion: 'a.io/v1', kind: 'Widget', verbs },
            { name: 'scale', apiVersion: 'autoscaling/v1', kind: 'Scale', verbs },
          ],
        },
      ],
      failures: [],
    });
  });

  it('counts what has no name or kind', () => {
    const { resources, failures } = readResourceList(from, { kind: 'APIResourceList', resources: [7, {}, row] });
    expect(resources).toHaveLength(1);
    expect(failures).toMatchObject([{ where: 'a.io/v1', error: { reason: 'Malformed' } }]);
    expect(failures[0]?.error.message).toBe(
      'a.io/v1: in the discovery document, 2 of its resources have no name or no kind',
    );
  });

  it.each([[null], [[]], [{ kind: 'Status' }], [{ kind: 'APIResourceList', resources: {} }]])(
    'is Malformed for %j',
    (body) => {
      expect(() => readResourceList(from, body)).toThrow(
        expect.objectContaining({ reason: 'Malformed', resource: 'a.io/v1' }),
      );
    },
  );
});
