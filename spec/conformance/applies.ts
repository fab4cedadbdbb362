import type { AnyKubeConfig } from 'kuberx/client-node';
import { expect, it } from 'vitest';
import { custom, define, definition, pathOf, schemaOf, version } from './define.ts';
import { rawRequest, rawSuccess } from './raw-request.ts';
import { Scene } from './scene.ts';
import type { Subject } from './server.ts';

const contentType = 'application/apply-patch+yaml';

interface Managed {
  readonly metadata: {
    readonly resourceVersion: string;
    readonly managedFields?: readonly {
      readonly manager: string;
      readonly operation: string;
      readonly subresource?: string;
      readonly fieldsV1: unknown;
    }[];
  };
  readonly [part: string]: unknown;
}

const integer = { type: 'integer' };
const text = { type: 'string' };
const keyed = (keys: readonly string[], properties: object, required: readonly string[]) => ({
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
  items: { type: 'object', required, properties },
});

/** One of each way in which values are merged. */
const mergedSpec = {
  type: 'object',
  properties: {
    byName: keyed(['name'], { name: text, v: integer }, ['name']),
    byTwo: keyed(['a', 'b'], { a: text, b: { ...integer, default: 1 } }, ['a']),
    set: { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
    list: { type: 'array', items: text },
    one: { type: 'object', 'x-kubernetes-map-type': 'atomic', properties: { x: integer, y: integer } },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    map: { type: 'object', additionalProperties: integer },
    filled: { ...integer, default: 7 },
  },
};

/** Applies as somebody. */
function applier(kubeConfig: AnyKubeConfig, path: string, manager: string, query = '') {
  return (body: object) =>
    rawRequest(kubeConfig, 'PATCH', `${path}?fieldManager=${manager}${query}`, { body, contentType });
}

/** Who has which fields, in short. */
function owners(object: unknown): Record<string, unknown> {
  const { managedFields = [] } = (object as Managed).metadata;
  const entries = managedFields.map(({ manager, operation, subresource, fieldsV1 }) => [
    [manager, operation, ...(subresource === undefined ? [] : [subresource])].join(' '),
    fieldsV1,
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** Server-side apply: what belongs to whom, and what follows. */
export function applySpecs(subject: Subject): void {
  const configMap = (parts: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', ...parts });
  const named = (parts: object) => configMap({ metadata: { name: 'a' }, ...parts });

  it('creates, merges, refuses a conflict, and takes over where it is forced', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const path = `/api/v1/namespaces/${namespace}/configmaps/a`;
    const first = applier(kubeConfig, path, 'm1');
    const created = await first(configMap({ metadata: { name: 'a', labels: { l: '1' } }, data: { a: '1', b: '2' } }));
    expect(created.status).toBe(201);
    expect(owners(created.body)).toEqual({
      'm1 Apply': { 'f:data': { 'f:a': {}, 'f:b': {} }, 'f:metadata': { 'f:labels': { 'f:l': {} } } },
    });
    const given = named({ data: { a: '9', c: '3' } });
    expect(await applier(kubeConfig, path, 'm2')(given)).toEqual({
      status: 409,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'Apply failed with 1 conflict: conflict with "m1": .data.a',
        reason: 'Conflict',
        details: {
          causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "m1"', field: '.data.a' }],
        },
        code: 409,
      },
    });
    const forced = await applier(kubeConfig, path, 'm2', '&force=true')(given);
    expect(forced).toMatchObject({ status: 200, body: { data: { a: '9', b: '2', c: '3' } } });
    expect(owners(forced.body)).toEqual({
      'm1 Apply': { 'f:data': { 'f:b': {} }, 'f:metadata': { 'f:labels': { 'f:l': {} } } },
      'm2 Apply': { 'f:data': { 'f:a': {}, 'f:c': {} } },
    });
  });

  it('takes away what its manager does not apply any more, unless it is somebody else’s', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const path = `/api/v1/namespaces/${namespace}/configmaps/a`;
    const [first, second] = [applier(kubeConfig, path, 'm1'), applier(kubeConfig, path, 'm2')];
    await first(configMap({ metadata: { name: 'a', labels: { l: '1' } }, data: { a: '1', b: '2' } }));
    // The same value is no conflict: both have it.
    expect(await second(named({ data: { b: '2' } }))).toMatchObject({ status: 200 });
    const { body } = await first(named({ data: {} }));
    expect((body as Managed)['data']).toEqual({ b: '2' });
    expect(body).not.toHaveProperty('metadata.labels');
    expect(owners(body)).toMatchObject({ 'm2 Apply': { 'f:data': { 'f:b': {} } } });
  });

  it('changes nothing where nothing changes', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const path = `/api/v1/namespaces/${namespace}/configmaps/a`;
    const first = applier(kubeConfig, path, 'm1');
    const given = named({ data: { a: '1' } });
    const created = await first(given);
    expect((await first(given)).body).toEqual(created.body);
  });

  it('gives a write that is no apply what it changes', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const path = `/api/v1/namespaces/${namespace}/configmaps`;
    const created = await rawSuccess(kubeConfig, 'POST', `${path}?fieldManager=c`, {
      body: { metadata: { name: 'a', labels: { l: '1' } }, data: { a: '1', b: '2' } },
    });
    expect(owners(created)).toEqual({
      'c Update': {
        'f:data': { '.': {}, 'f:a': {}, 'f:b': {} },
        'f:metadata': { 'f:labels': { '.': {}, 'f:l': {} } },
      },
    });
    const put = await rawSuccess(kubeConfig, 'PUT', `${path}/a?fieldManager=u`, {
      body: { metadata: { name: 'a', labels: { l: '1' } }, data: { b: '7', d: '4' } },
    });
    expect(owners(put)).toEqual({
      'c Update': { 'f:data': {}, 'f:metadata': { 'f:labels': { '.': {}, 'f:l': {} } } },
      'u Update': { 'f:data': { 'f:b': {}, 'f:d': {} } },
    });
    const refused = await applier(kubeConfig, `${path}/a`, 'm1')(named({ data: { b: '2', d: '5' } }));
    expect(refused).toMatchObject({
      status: 409,
      body: { message: 'Apply failed with 2 conflicts: conflicts with "u" using v1:\n- .data.b\n- .data.d' },
    });
    const patch = { body: { data: { b: null } }, contentType: 'application/merge-patch+json' };
    const patched = await rawSuccess(kubeConfig, 'PATCH', `${path}/a?fieldManager=p`, patch);
    expect(owners(patched)).toEqual({
      'c Update': { 'f:data': {}, 'f:metadata': { 'f:labels': { '.': {}, 'f:l': {} } } },
      'u Update': { 'f:data': { 'f:d': {} } },
    });
  });

  it('merges lists by the keys of their items', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/d`;
    const deployment = (containers: readonly object[]) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd' },
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers } },
      },
    });
    const web = { name: 'web', image: 'web:1', ports: [{ containerPort: 80 }] };
    await applier(kubeConfig, path, 'm1')(deployment([web]));
    const side = { name: 'side', image: 'side:1', env: [{ name: 'A', value: '1' }] };
    const { status, body } = await applier(kubeConfig, path, 'm2')(deployment([side]));
    expect(status).toBe(200);
    const { spec } = body as { readonly spec: { template: { spec: { containers: readonly { name: string }[] } } } };
    expect(spec.template.spec.containers.map(({ name }) => name).sort()).toEqual(['side', 'web']);
    expect(owners(body)['m2 Apply']).toEqual({
      'f:spec': {
        'f:selector': {},
        'f:template': {
          'f:metadata': { 'f:labels': { 'f:a': {} } },
          'f:spec': {
            'f:containers': {
              'k:{"name":"side"}': {
                '.': {},
                'f:name': {},
                'f:image': {},
                'f:env': { 'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:value': {} } },
              },
            },
          },
        },
      },
    });
    const conflict = await applier(kubeConfig, path, 'm2')(deployment([side, { ...web, image: 'web:2' }]));
    expect(conflict).toMatchObject({
      status: 409,
      body: { details: { causes: [{ field: '.spec.template.spec.containers[name="web"].image' }] } },
    });
    const gone = await applier(kubeConfig, path, 'm2')(deployment([web]));
    const left = gone.body as { readonly spec: typeof spec };
    expect(left.spec.template.spec.containers.map(({ name }) => name)).toEqual(['web']);
  });

  it('merges lists of custom objects by their schema: by keys, as sets, or as a whole', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const plural = 'mergeds';
    await define(test, kubeConfig, plural, definition(plural, [version('v1', schemaOf(mergedSpec))]));
    const path = `${pathOf(plural, namespace)}/a`;
    const apply = (manager: string, spec: object, query = '') =>
      applier(kubeConfig, path, manager, query)(custom(plural, 'a', { spec }));
    const first = {
      byName: [{ name: 'a', v: 1 }, { name: 'b' }],
      byTwo: [{ a: 'x' }],
      set: ['p', 'q'],
      list: ['l'],
      one: { x: 1 },
    };
    const created = await apply('m1', { ...first, free: { x: [1] }, map: { k: 1 } });
    expect(created).toMatchObject({ status: 201, body: { spec: { filled: 7, byTwo: [{ a: 'x', b: 1 }] } } });
    expect(owners(created.body)).toEqual({
      'm1 Apply': {
        'f:spec': {
          'f:byName': {
            'k:{"name":"a"}': { '.': {}, 'f:name': {}, 'f:v': {} },
            'k:{"name":"b"}': { '.': {}, 'f:name': {} },
          },
          'f:byTwo': { 'k:{"a":"x","b":1}': { '.': {}, 'f:a': {} } },
          'f:set': { 'v:"p"': {}, 'v:"q"': {} },
          'f:list': {},
          'f:one': {},
          'f:free': { 'f:x': {} },
          'f:map': { 'f:k': {} },
        },
      },
    });
    const second = await apply('m2', {
      byName: [{ name: 'b', v: 3 }, { name: 'c' }],
      byTwo: [{ a: 'x', b: 2 }],
      set: ['q', 'r'],
    });
    expect((second.body as Managed)['spec']).toEqual({
      filled: 7,
      byName: [{ name: 'a', v: 1 }, { name: 'b', v: 3 }, { name: 'c' }],
      byTwo: [
        { a: 'x', b: 1 },
        { a: 'x', b: 2 },
      ],
      set: ['p', 'q', 'r'],
      list: ['l'],
      one: { x: 1 },
      free: { x: [1] },
      map: { k: 1 },
    });
    const given = { byName: [{ name: 'a', v: 9 }], list: ['l', 'm'], one: { y: 1 } };
    const refused = await apply('m3', given);
    expect(refused.status).toBe(409);
    const { causes } = (refused.body as { readonly details: { causes: readonly { readonly field: string }[] } })
      .details;
    expect(causes.map(({ field }) => field).sort()).toEqual(['.spec.byName[name="a"].v', '.spec.list', '.spec.one']);
    const forced = await apply('m3', given, '&force=true');
    expect((forced.body as Managed)['spec']).toMatchObject({ list: ['l', 'm'], one: { y: 1 } });
    expect(owners(forced.body)['m1 Apply']).not.toHaveProperty('f:spec.f:list');
    // What only m1 had is gone, what others have as well is not.
    const less = await apply('m1', { byName: [{ name: 'b' }] });
    expect((less.body as Managed)['spec']).toEqual({
      filled: 7,
      byName: [{ name: 'a', v: 9 }, { name: 'b', v: 3 }, { name: 'c' }],
      byTwo: [{ a: 'x', b: 2 }],
      set: ['q', 'r'],
      list: ['l', 'm'],
      one: { y: 1 },
    });
    // The order is that of the last one who has applied.
    const ordered = await apply('m2', { byName: [{ name: 'c' }, { name: 'b', v: 3 }], set: ['r', 'q', 'a'] });
    expect((ordered.body as Managed)['spec']).toMatchObject({
      byName: [{ name: 'a', v: 9 }, { name: 'c' }, { name: 'b', v: 3 }],
      set: ['r', 'q', 'a'],
    });
  });

  it('refuses configurations that are not of the type of the object', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const plural = 'typeds';
    await define(test, kubeConfig, plural, definition(plural, [version('v1', schemaOf(mergedSpec))]));
    const path = `${pathOf(plural, namespace)}/a`;
    const message = async (spec: object) => {
      const { status, body } = await applier(kubeConfig, path, 'm')(custom(plural, 'a', { spec }));
      return [status, (body as { readonly message: string }).message.replace(/^.*Kind=Typed\): /, '')];
    };
    expect(await message({ bogus: 1 })).toEqual([500, '.spec.bogus: field not declared in schema']);
    expect(await message({ set: ['a', 'a'] })).toEqual([500, '.spec.set: duplicate entries for key [="a"]']);
    expect(await message({ byName: [{ v: 1 }] })).toEqual([
      500,
      '.spec.byName: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn\'t have default values for any key fields)',
    ]);
    expect((await rawRequest(kubeConfig, 'GET', path)).status).toBe(404);
  });

  it('merges owners by their uids and finalizers as a set, and takes an owner as a whole', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const path = `/api/v1/namespaces/${namespace}/configmaps/a`;
    const owned = (uid: string) => ({
      name: 'a',
      finalizers: [`example.io/${uid}`],
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: uid, uid }],
    });
    await applier(kubeConfig, path, 'm1')(configMap({ metadata: owned('u1') }));
    const { body } = await applier(kubeConfig, path, 'm2')(configMap({ metadata: owned('u2') }));
    expect((body as { readonly metadata: object }).metadata).toMatchObject({
      finalizers: ['example.io/u1', 'example.io/u2'],
      ownerReferences: [{ uid: 'u1' }, { uid: 'u2' }],
    });
    expect(owners(body)['m2 Apply']).toEqual({
      'f:metadata': {
        'f:finalizers': { 'v:"example.io/u2"': {} },
        'f:ownerReferences': { 'k:{"uid":"u2"}': {} },
      },
    });
  });

  it('knows ports of a container by their number and protocol, and takes a missing protocol for TCP', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/d`;
    const deployment = (ports: readonly object[]) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd' },
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'web', image: 'i', ports }] } },
      },
    });
    await applier(kubeConfig, path, 'm1')(deployment([{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }]));
    const { body } = await applier(
      kubeConfig,
      path,
      'm2',
    )(deployment([{ containerPort: 80, protocol: 'TCP' }, { containerPort: 81 }]));
    const { spec } = body as {
      spec: { template: { spec: { containers: readonly { ports: readonly { containerPort: number }[] }[] } } };
    };
    expect(spec.template.spec.containers[0]?.ports.map(({ containerPort }) => containerPort)).toEqual([80, 80, 81]);
    expect(owners(body)['m1 Apply']).toMatchObject({
      'f:spec': {
        'f:template': {
          'f:spec': {
            'f:containers': {
              'k:{"name":"web"}': {
                'f:ports': {
                  'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} },
                  'k:{"containerPort":80,"protocol":"UDP"}': { '.': {}, 'f:containerPort': {}, 'f:protocol': {} },
                },
              },
            },
          },
        },
      },
    });
  });

  it('refuses what it cannot apply', async (test) => {
    const { kubeConfig, namespace } = await Scene.of(subject, test);
    const path = `/api/v1/namespaces/${namespace}/configmaps/a`;
    const cases: readonly (readonly [body: unknown, query: string, code: number])[] = [
      [named({}), '', 422],
      [{ kind: 'ConfigMap', metadata: { name: 'a' } }, '?fieldManager=m', 400],
      [configMap({ metadata: { name: 'other' } }), '?fieldManager=m', 400],
      [configMap({ metadata: { name: 'a', managedFields: [{ manager: 'x' }] } }), '?fieldManager=m', 400],
      [configMap({ metadata: { name: 'a', uid: 'abc' } }), '?fieldManager=m', 409],
      [[], '?fieldManager=m', 400],
    ];
    for (const [body, query, code] of cases) {
      const { status } = await rawRequest(kubeConfig, 'PATCH', `${path}${query}`, { body, contentType });
      expect(status, JSON.stringify(body)).toBe(code);
    }
    expect((await rawRequest(kubeConfig, 'GET', path)).status).toBe(404);
    await applier(kubeConfig, path, 'm')(named({}));
    const stale = configMap({ metadata: { name: 'a', resourceVersion: '1' }, data: { k: '1' } });
    expect((await applier(kubeConfig, path, 'm')(stale)).status).toBe(409);
    const forced = { body: {}, contentType: 'application/merge-patch+json' };
    expect((await rawRequest(kubeConfig, 'PATCH', `${path}?force=true`, forced)).status).toBe(422);
  });
}
