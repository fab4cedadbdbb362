import { expect, it } from 'vitest';
import { kindOf } from './kind-of.ts';
import { rawRequest, rawSuccess } from './raw-request.ts';
import { Scene } from './scene.ts';
import { customGroup, type Subject } from './server.ts';

type PatchType = 'json' | 'merge' | 'strategic';

/** A patch, and what comes of it: the code that refuses it, nothing, or these fields. */
type Case = readonly [patch: unknown, outcome: number | 'nothing' | object];

const contentTypes: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};
const otherUid = '00000000-0000-4000-8000-000000000000';
const metadata = { labels: { a: '1' }, annotations: { n: '1' }, finalizers: ['x.io/y'] };

/** What JSON merge patches and strategic ones come to alike. */
const merges: readonly Case[] = [
  [{}, 'nothing'],
  [{ data: { k: '1' } }, 'nothing'],
  [{ data: { never: null } }, 'nothing'],
  [{ data: { k: null, m: '3' } }, { data: { l: '2', m: '3' } }],
  [{ data: null }, { data: undefined }],
  [{ data: {} }, 'nothing'],
  [{ metadata: { labels: { a: null, b: '2' } } }, { metadata: { labels: { b: '2' } } }],
  [{ metadata: { labels: null } }, { metadata: { labels: undefined, annotations: { n: '1' } } }],
  [{ metadata: { annotations: { 'ex.io/x': 'y' } } }, { metadata: { annotations: { n: '1', 'ex.io/x': 'y' } } }],
  [{ metadata: { finalizers: null } }, { metadata: { finalizers: undefined } }],
  [{ binaryData: { b: 'aGk=' } }, { binaryData: { b: 'aGk=' } }],
  [{ immutable: true }, { immutable: true }],
  [{ unknown: { x: 1 } }, 'nothing'],
  [{ status: { x: 1 } }, 'nothing'],
  [{ metadata: { unknown: 1 } }, 'nothing'],
  [{ kind: null }, 'nothing'],
  [{ metadata: { resourceVersion: null } }, 'nothing'],
  [{ metadata: { uid: '' } }, 'nothing'],
  [{ metadata: { generation: 7 } }, 'nothing'],
  [{ metadata: { creationTimestamp: '2000-01-01T00:00:00Z' } }, 'nothing'],
  [{ metadata: { creationTimestamp: null } }, 'nothing'],
  // What says which object it is cannot be taken away, or become another's.
  [{ metadata: null }, 400],
  [{ metadata: { name: null } }, 400],
  [{ metadata: { name: 'other' } }, 400],
  [{ metadata: { namespace: 'other' } }, 400],
  [{ metadata: { uid: otherUid } }, 422],
  [{ metadata: { resourceVersion: '1' } }, 409],
  [{ metadata: { resourceVersion: 'abc' } }, 500],
  [{ metadata: { deletionTimestamp: '2000-01-01T00:00:00Z' } }, 422],
  [{ metadata: { deletionGracePeriodSeconds: 5 } }, 422],
  // Members of another type.
  [{ metadata: 5 }, 422],
  [{ metadata: { uid: 5 } }, 422],
  [{ metadata: { resourceVersion: 5 } }, 422],
  [{ metadata: { generation: 'x' } }, 422],
  [{ metadata: { creationTimestamp: 'x' } }, 422],
  [{ metadata: { labels: { a: 5 } } }, 422],
  [{ metadata: { managedFields: 'x' } }, 422],
  [{ kind: 5 }, 422],
  [{ data: 'x' }, 422],
  [{ data: { k: 1 } }, 422],
  [{ data: { k: {} } }, 422],
  [{ binaryData: { b: '%%%' } }, 422],
  [{ immutable: 'x' }, 422],
  // Values that are not allowed.
  [{ metadata: { labels: { 'bad key!': 'x' } } }, 422],
  [{ metadata: { labels: { a: 'bad value!' } } }, 422],
  [{ metadata: { annotations: { 'bad key!': 'x' } } }, 422],
  [{ metadata: { annotations: { n: 'x'.repeat(300_000) } } }, 422],
  [{ data: { 'bad key!': 'x' } }, 422],
  [{ binaryData: { k: 'aGk=' } }, 422],
  ['x', 400],
  [[], 400],
];

const jsonMerges: readonly Case[] = [
  [null, 400],
  [{ apiVersion: null }, 400],
  [{ apiVersion: 'v2' }, 422],
  [{ kind: 'Secret' }, 422],
  [{ data: [] }, 422],
  [{ metadata: [] }, 422],
  [{ metadata: { finalizers: 'x' } }, 422],
  [{ metadata: { finalizers: ['bad'] } }, 422],
  [{ metadata: { finalizers: [] } }, { metadata: { finalizers: undefined } }],
  [{ metadata: { finalizers: ['a.io/b'] } }, { metadata: { finalizers: ['a.io/b'] } }],
  [{ metadata: { ownerReferences: [{ name: 'p' }] } }, 422],
];

const strategicMerges: readonly Case[] = [
  [null, 'nothing'],
  [{ kind: 'Secret', apiVersion: 'v2' }, 'nothing'],
];

const operations: readonly Case[] = [
  [[], 'nothing'],
  [null, 'nothing'],
  [{}, 400],
  [[5], 400],
  [[{ op: 5, path: '/data/k' }], 400],
  [[{ op: 'remove', path: 5 }], 400],
  [[null], 422],
  [[{}], 422],
  [[{ op: 'grow', path: '/data' }], 422],
  [[{ op: 'replace', path: '/data/m', value: '3' }], { data: { k: '1', l: '2', m: '3' } }],
  [[{ op: 'replace', path: '/data/k' }], { data: { k: '', l: '2' } }],
  [[{ op: 'replace', path: '/data', value: null }], { data: undefined }],
  [[{ op: 'replace', path: '/nope/x', value: '1' }], 422],
  [[{ op: 'replace', path: '', value: 1 }], 422],
  [[{ op: 'replace', path: '', value: [] }], 422],
  [[{ op: 'replace', path: '', value: {} }], 400],
  [[{ op: 'add', path: '', value: { data: {} } }], 422],
  [[{ op: 'add', path: '/data/m', value: '3' }], { data: { k: '1', l: '2', m: '3' } }],
  [[{ op: 'add', path: 'ignored/data/m', value: '3' }], { data: { k: '1', l: '2', m: '3' } }],
  [[{ op: 'add', path: '/data/m' }], { data: { k: '1', l: '2', m: '' } }],
  [[{ op: 'add', path: '/nope/x', value: '1' }], 422],
  [[{ op: 'add', path: '/data/k/x', value: '1' }], 422],
  [[{ op: 'remove', path: '' }], 422],
  [[{ op: 'remove', path: '/data/m' }], 422],
  [[{ op: 'remove', path: '/data' }], { data: undefined }],
  [[{ op: 'remove', path: '/metadata' }], 400],
  [[{ op: 'remove', path: '/metadata/uid' }], 'nothing'],
  [[{ op: 'remove', path: '/metadata/resourceVersion' }], 'nothing'],
  [[{ op: 'add', path: '/metadata/uid', value: otherUid }], 422],
  [[{ op: 'add', path: '/metadata/name', value: 'other' }], 400],
  [[{ op: 'add', path: '/metadata/labels/b', value: 5 }], 422],
  [[{ op: 'test', path: '/data/m', value: null }], 'nothing'],
  [[{ op: 'test', path: '/data/m' }], 'nothing'],
  [[{ op: 'test', path: '/data/m', value: '3' }], 422],
  [[{ op: 'test', path: '/data/k', value: '1' }], 'nothing'],
  [[{ op: 'test', path: '/data/k' }], 422],
  [[{ op: 'test', path: '/data', value: { l: '2', k: '1' } }], 'nothing'],
  [[{ op: 'test', path: '/nope/x', value: null }], 422],
  [[{ op: 'test', path: '', value: {} }], 422],
  [[{ op: 'copy', from: '/data/m', path: '/data/n' }], { data: { k: '1', l: '2', n: '' } }],
  [[{ op: 'copy', from: '/data/k', path: '/data/n' }], { data: { k: '1', l: '2', n: '1' } }],
  [[{ op: 'copy', from: '/metadata/annotations', path: '/data' }], { data: { n: '1' } }],
  [[{ op: 'copy', from: '', path: '/data/n' }], 422],
  [[{ op: 'copy', path: '/data/n' }], 422],
  [[{ op: 'copy', from: '/metadata/finalizers/4', path: '/data/n' }], 422],
  [[{ op: 'move', from: '/data/k', path: '/data/n' }], { data: { l: '2', n: '1' } }],
  [[{ op: 'move', from: '/data/k', path: '/data/k' }], 'nothing'],
  [[{ op: 'move', from: '/data/m', path: '/data/n' }], 422],
  [[{ op: 'move', from: '/data', path: '/data/x' }], 422],
  ...(
    [
      ['replace', '-1', ['b.io/b']],
      ['replace', '00', ['b.io/b']],
      ['replace', '+0', ['b.io/b']],
      ['replace', '1', 422],
      ['replace', '-2', 422],
      ['replace', '-', 422],
      ['add', '-', ['x.io/y', 'b.io/b']],
      ['add', '-1', ['x.io/y', 'b.io/b']],
      ['add', '-2', ['b.io/b', 'x.io/y']],
      ['add', '01', ['x.io/y', 'b.io/b']],
      ['add', '-3', 422],
      ['add', '2', 422],
      ['add', 'x', 422],
      ['remove', '-1', undefined],
      ['remove', '1', 422],
    ] as const
  ).map(([op, index, outcome]): Case => {
    const operation = { op, path: `/metadata/finalizers/${index}`, ...(op !== 'remove' && { value: 'b.io/b' }) };
    return [[operation], outcome === 422 ? 422 : { metadata: { finalizers: outcome } }];
  }),
  [Array<object>(10_000).fill({ op: 'test', path: '/data/k', value: '1' }), 'nothing'],
  [Array<object>(10_001).fill({ op: 'test', path: '/data/k', value: '1' }), 413],
  [Array.from({ length: 30 }, (_, index) => ({ op: 'copy', from: '/data', path: `/data/${index}` })), 422],
];

const customMerges: readonly Case[] = [
  [{ spec: { x: 1 } }, 'nothing'],
  [{ spec: { x: 2 } }, { spec: { x: 2 }, metadata: { generation: 2 } }],
  [{ other: 2 }, { other: 2, metadata: { generation: 2 } }],
  [{ spec: null }, { spec: undefined, metadata: { generation: 2 } }],
  [{ metadata: { labels: { b: '2' } } }, { metadata: { labels: { a: '1', b: '2' }, generation: 1 } }],
  [{ metadata: { finalizers: ['bad'] } }, { metadata: { finalizers: ['bad'], generation: 1 } }],
  [{ metadata: { unknown: 1 } }, 'nothing'],
  [{ metadata: { generation: 9 } }, 'nothing'],
  [{ metadata: null }, 400],
  [{ metadata: { name: 'other' } }, 400],
  [{ metadata: { uid: otherUid } }, 422],
  [{ metadata: { uid: 5 } }, 422],
  [{ metadata: { labels: { a: 5 } } }, 422],
  [{ metadata: { labels: { 'bad!': '' } } }, 422],
  [{ metadata: { resourceVersion: '1' } }, 409],
  [{ metadata: { resourceVersion: 'abc' } }, 500],
  [{ metadata: { resourceVersion: null } }, 422],
  [{ kind: null }, 422],
  [{ kind: 'Other' }, 422],
  [{ apiVersion: `${customGroup}/v2` }, 422],
];

const template = { metadata: { labels: { a: '1' } }, spec: { containers: [{ name: 'c', image: 'i' }] } };
const deployment = { metadata, spec: { replicas: 1, selector: { matchLabels: { a: '1' } }, template } };
const restartedAt = { 'kubectl.kubernetes.io/restartedAt': '2030-01-02T03:04:05Z' };

/** As kubectl sends them, and controllers: of the object itself, then of its status. */
const deploymentMerges: readonly Case[] = [
  [{ spec: { replicas: 2 } }, { spec: { replicas: 2 }, metadata: { generation: 2 } }],
  [{ spec: { replicas: 1 } }, 'nothing'],
  [
    { spec: { template: { metadata: { annotations: restartedAt } } } },
    { spec: { template: { metadata: { annotations: restartedAt } } }, metadata: { generation: 2 } },
  ],
  [{ metadata: { annotations: { n: '2' } } }, { metadata: { annotations: { n: '2' }, generation: 2 } }],
  [{ metadata: { annotations: { n: '1' } } }, 'nothing'],
  [{ metadata: { labels: { b: '2' } } }, { metadata: { labels: { a: '1', b: '2' }, generation: 1 } }],
];
const deploymentStatusMerges: readonly Case[] = [
  [{ status: { replicas: 1 } }, { status: { replicas: 1 }, metadata: { generation: 1 } }],
  [{ spec: { replicas: 5 } }, 'nothing'],
  [{ metadata: { annotations: { n: '2' } } }, { metadata: { annotations: { n: '2' }, generation: 1 } }],
  [{ metadata: { labels: { b: '2' } } }, 'nothing'],
];

interface Patched {
  readonly path: string;
  readonly subresource?: string;
  readonly object: { readonly metadata: object; readonly [part: string]: unknown };
  readonly type: PatchType;
}

/** Sends each patch to an object of its own, and expects what comes of it to be what is stored. */
async function replay(scene: Scene, { path, subresource = '', object, type }: Patched, cases: readonly Case[]) {
  let number = 0;
  for (const [patch, outcome] of cases) {
    const name = `${type}${subresource.replace('/', '-')}-${++number}`;
    const { kubeConfig } = scene;
    const body = { ...object, metadata: { ...object.metadata, name } };
    const before = await rawSuccess(kubeConfig, 'POST', path, { body });
    const url = `${path}/${name}${subresource}`;
    const answer = await rawRequest(kubeConfig, 'PATCH', url, { body: patch, contentType: contentTypes[type] });
    const { body: after } = await rawRequest(kubeConfig, 'GET', `${path}/${name}`);
    const what = `${type} ${JSON.stringify(patch).slice(0, 200)}`;
    expect(answer.status, what).toBe(typeof outcome === 'number' ? outcome : 200);
    if (typeof outcome === 'object') {
      expectFields(after, outcome, what);
      expect(versionOf(after), what).not.toBe(versionOf(before));
    } else {
      expect(after, what).toEqual(before);
    }
    if (answer.status === 200) expect(answer.body, what).toEqual(after);
  }
}

/** Where servers write more than they were given. */
const partial = ['metadata', 'spec', 'template', 'status'];

/** `undefined`: not there. */
function expectFields(actual: unknown, expected: object, what: string): void {
  for (const [name, value] of Object.entries(expected) as [string, unknown][]) {
    if (value === undefined) expect(actual, what).not.toHaveProperty(name);
    else if (!partial.includes(name)) expect(actual, what).toHaveProperty([name], value);
    else expectFields((actual as Readonly<Record<string, unknown>>)[name], value as object, what);
  }
}

function versionOf(object: unknown): unknown {
  return (object as { metadata: { resourceVersion: unknown } }).metadata.resourceVersion;
}

/** What a patch makes of an object: the same on every server. */
export function patchSpecs(subject: Subject): void {
  it.for([
    ['merge', [...merges, ...jsonMerges]],
    ['strategic', [...merges, ...strategicMerges]],
    ['json', operations],
  ] as const)('makes of a %s patch of a ConfigMap what it does', async ([type, cases], test) => {
    const scene = await Scene.of(subject, test);
    const path = `/api/v1/namespaces/${scene.namespace}/configmaps`;
    await replay(scene, { path, type, object: { metadata, data: { k: '1', l: '2' } } }, cases);
  });

  it('makes of a merge patch of a custom object what it does', async (test) => {
    const scene = await Scene.of(subject, test);
    await scene.server.define('patchables');
    const path = `/apis/${customGroup}/v1/namespaces/${scene.namespace}/patchables`;
    const object = {
      apiVersion: `${customGroup}/v1`,
      kind: kindOf('patchables'),
      metadata: { labels: { a: '1' } },
      spec: { x: 1 },
      other: 1,
    };
    await replay(scene, { path, type: 'merge', object }, customMerges);
  });

  it.for(['merge', 'strategic'] as const)('counts generations of a Deployment by %s patches', async (type, test) => {
    const scene = await Scene.of(subject, test);
    const path = `/apis/apps/v1/namespaces/${scene.namespace}/deployments`;
    await replay(scene, { path, type, object: deployment }, deploymentMerges);
    await replay(scene, { path, type, object: deployment, subresource: '/status' }, deploymentStatusMerges);
  });
}
