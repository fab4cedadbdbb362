import { NEVER, type Observable, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { KubeError, type KubeErrorReason, type ResourceClient } from 'kuberx';
import { awaitable } from 'kuberx/http';
import { notedClient } from '#src/controller/writing/noted-client.ts';
import type { WriteNote } from '#src/controller/writing/write-note.ts';
import { type ConfigMap, configMaps, virtualCluster } from '../virtual-cluster.ts';

const metadata = { namespace: 'default', name: 'a' };
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata } as ConfigMap;

function setting() {
  const cluster = virtualCluster();
  const notes: WriteNote[] = [];
  return { cluster, notes, client: notedClient(cluster.client(), (note) => notes.push(note)) };
}

/** A client whose patches all come to this. */
function answering(patch$: Observable<never>) {
  const { cluster, notes } = setting();
  const client = { ...cluster.client(), patch: () => awaitable<ConfigMap>(patch$) } satisfies ResourceClient<ConfigMap>;
  return { notes, client: notedClient(client, (note) => notes.push(note)) };
}

describe('notedClient', () => {
  it('tells of each answer before its subscriber, with the version that was asked for', () => {
    const { cluster, notes, client } = setting();
    const told: unknown[] = [];
    client.create(configMap).subscribe(() => told.push(notes.length));
    cluster.pass(1);
    const made = cluster.server.get(configMaps, 'default/a') as ConfigMap;
    const { resourceVersion } = made.metadata;
    cluster.outcome(client.update({ ...made, data: { a: '1' } }), 1);
    cluster.outcome(client.patch(metadata, { type: 'merge', body: { data: { a: '2' } } }), 1);
    expect(told).toEqual([1]);
    expect(notes).toMatchObject([
      { type: 'written', resource: configMaps, isPart: false, object: { metadata: { resourceVersion } } },
      { type: 'written', condition: resourceVersion },
      { type: 'written', condition: undefined },
    ]);
  });

  it('tells of a deletion, and of one that waits for finalizers as of a write', () => {
    const { cluster, notes, client } = setting();
    const { uid } = cluster.server.create(configMaps, configMap).metadata;
    cluster.outcome(client.delete(metadata), 1);
    cluster.server.create(configMaps, { metadata: { ...metadata, finalizers: ['example.com/a'] } });
    cluster.outcome(client.delete(metadata), 1);
    expect(notes).toMatchObject([
      { type: 'deleted', object: { metadata: { ...metadata, uid } } },
      { type: 'written', object: { metadata: { finalizers: ['example.com/a'] } } },
    ]);
  });

  it('tells of the write that removes the last finalizer as of a deletion', () => {
    const { cluster, notes, client } = setting();
    cluster.server.create(configMaps, { metadata: { ...metadata, finalizers: ['example.com/a'] } });
    cluster.server.delete(configMaps, 'default/a');
    const body = { metadata: { finalizers: null } };
    cluster.outcome(client.patch(metadata, { type: 'merge', body: body }), 1);
    expect(notes).toMatchObject([{ type: 'deleted', object: { metadata } }]);
  });

  it('tells of a status as of the object, and of a scale by its version alone', () => {
    const notes: WriteNote[] = [];
    const cluster = virtualCluster();
    const { server } = cluster;
    server.create('apps/v1/deployments', { metadata, spec: { replicas: 1 } });
    const client = notedClient(cluster.client('apps/v1/deployments'), (note) => notes.push(note));
    const status = { type: 'merge', body: { status: { replicas: 1 } } } as const;
    cluster.outcome(client.subresource('status').patch(metadata, status as never), 1);
    const scale = { type: 'merge', body: { spec: { replicas: 2 } } } as const;
    cluster.outcome(client.subresource('scale').patch(metadata, scale as never), 1);
    expect(notes).toMatchObject([
      { type: 'written', resource: 'apps/v1/deployments', isPart: false, object: { kind: 'Deployment' } },
      { type: 'written', resource: 'apps/v1/deployments', isPart: true, object: { kind: 'Scale' } },
    ]);
  });

  it('tells nothing of dry runs, reads and refusals', () => {
    const { cluster, notes, client } = setting();
    cluster.outcome(client.create(configMap, { dryRun: true }), 1);
    cluster.server.create(configMaps, configMap);
    cluster.outcome(client.get(metadata), 1);
    cluster.outcome(client.delete(metadata, { dryRun: true }), 1);
    expect(() => cluster.outcome(client.create(configMap), 1)).toThrow(expect.objectContaining({ code: 409 }));
    expect(notes).toEqual([]);
  });

  it.each<KubeErrorReason>(['Network', 'Idle', 'Timeout', 'ServerTimeout', 'InternalError', 'Malformed', 'Unknown'])(
    'tells of a write as lost that ended with %s, and how to read it',
    (reason) => {
      const error = new KubeError({ reason, resource: configMaps, message: 'cut' });
      const { notes, client } = answering(throwError(() => error));
      client.patch(metadata, { type: 'merge', body: {} }).subscribe({ error: () => undefined });
      expect(notes).toMatchObject([{ type: 'lost', resource: configMaps, reference: metadata }]);
    },
  );

  it.each<KubeErrorReason>(['Conflict', 'Invalid', 'NotFound', 'ConnectionRefused', 'TooManyRequests'])(
    'takes a write as not done that ended with %s',
    (reason) => {
      const error = new KubeError({ reason, resource: configMaps, message: 'no' });
      const { notes, client } = answering(throwError(() => error));
      client.patch(metadata, { type: 'merge', body: {} }).subscribe({ error: () => undefined });
      expect(notes).toEqual([]);
    },
  );

  it('tells of a write as lost that was unsubscribed before its answer, once', () => {
    const { notes, client } = answering(NEVER);
    const sent = client.patch(metadata, { type: 'merge', body: {} }).subscribe();
    sent.unsubscribe();
    expect(notes).toHaveLength(1);
  });

  it('makes up a name as a server would, so that a lost create has one', () => {
    const { cluster, notes, client } = setting();
    const generated = { ...configMap, metadata: { namespace: 'default', generateName: `${'long-'.repeat(13)}x` } };
    const made = cluster.outcome(client.create(generated as never), 1);
    expect(made.metadata.name).toMatch(/^(long-){11}lon[a-z0-9]{5}$/);
    expect(made.metadata.generateName).toBe(generated.metadata.generateName);
    expect(notes).toMatchObject([{ type: 'written', object: { metadata: { name: made.metadata.name } } }]);
    const lost = { ...cluster.client(), create: () => awaitable<ConfigMap>(NEVER) } satisfies ResourceClient<ConfigMap>;
    notedClient(lost, (note) => notes.push(note))
      .create({ ...configMap, metadata: { namespace: 'default', generateName: 'a-' } })
      .subscribe()
      .unsubscribe();
    const name: unknown = expect.stringMatching(/^a-[a-z0-9]{5}$/);
    expect(notes[1]).toMatchObject({ type: 'lost', reference: { namespace: 'default', name } });
  });

  it('makes up another name for each subscription, and where one is taken, eight times at most', () => {
    const { cluster, notes } = setting();
    const names = [0.1, 0.1, 0.9, 0.9].flatMap((each) => Array.from({ length: 5 }, () => each));
    const client = notedClient(cluster.client(), (note) => notes.push(note), { random: () => names.shift() ?? 0.1 });
    const generated = { ...configMap, metadata: { namespace: 'default', generateName: 'a-' } } as never;
    const twice$ = client.create(generated);
    expect(cluster.outcome(twice$, 1).metadata.name).toBe('a-ddddd');
    expect(cluster.outcome(twice$, 1).metadata.name).toBe('a-77777');
    names.length = 0;
    expect(() => cluster.outcome(client.create(generated), 1)).toThrow(expect.objectContaining({ code: 409 }));
    expect(cluster.server.requests.filter(({ verb }) => verb === 'create')).toHaveLength(3 + 8);
    expect(notes.map(({ type }) => type)).toEqual(['written', 'written']);
  });

  it('tells of no lost create without any name, which no server takes', () => {
    const { cluster, notes } = setting();
    const lost = { ...cluster.client(), create: () => awaitable<ConfigMap>(NEVER) } satisfies ResourceClient<ConfigMap>;
    const nameless = { ...configMap, metadata: { namespace: 'default' } } as never;
    notedClient(lost, (note) => notes.push(note))
      .create(nameless)
      .subscribe()
      .unsubscribe();
    expect(notes).toEqual([]);
  });
});
