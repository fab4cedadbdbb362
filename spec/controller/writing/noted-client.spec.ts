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

  it('tells of a lost create without a name that nobody knows the name', () => {
    const { cluster, notes } = setting();
    const lost = { ...cluster.client(), create: () => awaitable<ConfigMap>(NEVER) } satisfies ResourceClient<ConfigMap>;
    const generated = { ...configMap, metadata: { namespace: 'default', generateName: 'a-' } };
    const client = notedClient(lost, (note) => notes.push(note));
    client.create(generated).subscribe().unsubscribe();
    expect(notes).toMatchObject([{ type: 'lost', reference: undefined }]);
  });
});
