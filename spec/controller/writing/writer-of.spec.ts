import { describe, expect, it } from 'vitest';
import { KubeError, WriteError, type Writer, writerOf } from 'kuberx';
import type { RecordedRequest } from 'kuberx/testing/apiserver';
import { type ConfigMap, configMaps, virtualCluster, type VirtualCluster } from '../virtual-cluster.ts';

const named = (name: string) => ({ namespace: 'default', name });
const settings = named('settings');

function withSettings(options = {}): {
  readonly cluster: VirtualCluster;
  readonly writer: Writer<ConfigMap>;
  readonly object: ConfigMap;
  readonly sent: () => string[];
  readonly stored: () => ConfigMap | undefined;
} {
  const cluster = virtualCluster(options);
  const { server, scheduler, random } = cluster;
  const object = server.create(configMaps, { metadata: settings, data: { size: '1' } }) as ConfigMap;
  return {
    cluster,
    object,
    writer: writerOf(cluster.client(), { scheduler, random, fieldManager: 'spec' }),
    sent: () => server.requests.map(({ verb }: RecordedRequest) => String(verb)),
    stored: () => server.get(configMaps, 'default/settings') as ConfigMap | undefined,
  };
}

/** The error of an action. */
function failure(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return expect.unreachable('it succeeded');
}

describe('writerOf', () => {
  describe('edit', () => {
    it('writes what the recipe changes and nothing else, and leaves the given object as it is', () => {
      const { cluster, writer, object, stored } = withSettings();
      Object.freeze(object.data);
      const answer = cluster.outcome(
        writer.edit(object, (draft) => {
          draft.data = { ...draft.data, colour: 'blue' };
          delete draft.data['size'];
        }),
      );
      expect(answer.data).toEqual({ colour: 'blue' });
      expect(stored()).toEqual(answer);
      expect(object.data).toEqual({ size: '1' });
    });

    it('sends nothing where the recipe changes nothing, and returns the object', () => {
      const { cluster, writer, object, sent } = withSettings();
      const answer = cluster.outcome(
        writer.edit(object, (draft) => {
          draft.data = { size: '1' };
          draft.metadata.labels = undefined as never;
        }),
      );
      expect(answer).toBe(object);
      expect(sent()).toEqual([]);
    });

    it('is cold: each subscription and each await writes once', async () => {
      const { cluster, writer, object, sent, stored } = withSettings();
      const edit$ = writer.edit(object, (draft) => {
        draft.data = { size: String(Number(draft.data?.['size']) + 1) };
      });
      expect(sent()).toEqual([]);
      cluster.outcome(edit$);
      expect(stored()?.data).toEqual({ size: '2' });
      const awaited = edit$.then(({ data }) => data);
      cluster.pass(10_000);
      expect(await awaited).toEqual({ size: '3' });
    });

    it('reads from the server after a conflict, and runs the recipe again on that', () => {
      const { cluster, writer, object, sent, stored } = withSettings();
      cluster.server.apply(configMaps, { metadata: { ...settings, labels: { by: 'other' } }, data: { size: '5' } });
      cluster.outcome(
        writer.edit(object, (draft) => {
          draft.data = { size: String(Number(draft.data?.['size']) + 1) };
        }),
      );
      expect(sent()).toEqual(['patch', 'get', 'patch']);
      expect(stored()).toMatchObject({ metadata: { labels: { by: 'other' } }, data: { size: '6' } });
    });

    it('gives up after five reads, within a second, with the Conflict of the server', () => {
      const { cluster, writer, object, sent } = withSettings();
      cluster.server.intercept(({ verb }) => {
        if (verb === 'patch')
          cluster.server.apply(configMaps, { metadata: settings, data: { size: String(cluster.random()) } });
        return undefined;
      });
      const error = failure(() =>
        cluster.outcome(
          writer.edit(object, (draft) => {
            draft.data = { size: 'mine' };
          }),
          1000,
        ),
      );
      expect(error).toMatchObject({ name: 'KubeError', reason: 'Conflict' });
      expect(sent().filter((verb) => verb === 'get')).toHaveLength(5);
      expect(sent().filter((verb) => verb === 'patch')).toHaveLength(6);
    });

    it('does not write an object that was created anew under the name', () => {
      const { cluster, writer, object, stored } = withSettings();
      cluster.server.delete(configMaps, 'default/settings');
      cluster.server.create(configMaps, { metadata: settings, data: { size: 'new' } });
      const edit$ = writer.edit(object, (draft) => {
        draft.data = { size: 'old' };
      });
      const error = failure(() => cluster.outcome(edit$));
      expect(error).toMatchObject({ reason: 'Conflict' });
      expect(String(error)).toContain('default/settings was deleted and created anew. Nothing was written');
      expect(stored()?.data).toEqual({ size: 'new' });
    });

    it('sets a member to null by a JSON patch, which is refused after a change as well', () => {
      const cluster = virtualCluster({ resources: { 'example.com/v1/widgets': {} } });
      const widgets = 'example.com/v1/widgets';
      const made = cluster.server.create(widgets, {
        apiVersion: 'example.com/v1',
        kind: 'Widget',
        metadata: settings,
        spec: { 'a/b~c': 1, list: [1, null] },
      });
      const writer = writerOf(cluster.client<ConfigMap & { readonly spec: Record<string, unknown> }>(widgets), cluster);
      const nulled = (draft: { spec: Record<string, unknown> }) => {
        draft.spec['a/b~c'] = null;
        draft.spec['list'] = [null];
        draft.spec['deep'] = { inner: null };
      };
      const object = made as ConfigMap & { readonly spec: Record<string, unknown> };
      const answer = cluster.outcome(writer.edit(object, nulled));
      expect(answer.spec).toEqual({ 'a/b~c': null, list: [null], deep: { inner: null } });
      const late = failure(() =>
        cluster.outcome(
          writer.patch(settings, {
            type: 'json',
            body: [{ op: 'add', path: '/metadata/resourceVersion', value: made.metadata.resourceVersion }],
          }),
        ),
      );
      expect(late).toMatchObject({ reason: 'Conflict' });
    });

    it('refuses a change that the server would drop, and sends nothing', () => {
      const { cluster, writer, object, sent } = withSettings();
      const edit$ = writer.edit(object, (draft: object) => {
        (draft as { status?: object }).status = { phase: 'Ready' };
      });
      expect(failure(() => cluster.outcome(edit$))).toBeInstanceOf(WriteError);
      expect(sent()).toEqual([]);
    });

    it('refuses an object without a version', () => {
      const { cluster, writer, object } = withSettings();
      const { resourceVersion: _, ...metadata } = object.metadata;
      const edit$ = writer.edit({ ...object, metadata } as ConfigMap, (draft) => {
        draft.data = {};
      });
      expect(failure(() => cluster.outcome(edit$))).toMatchObject({ reason: 'NoVersion' });
    });

    it('passes on what a recipe throws, and refuses an async one', () => {
      const { cluster, writer, object, sent } = withSettings();
      const thrown$ = writer.edit(object, () => {
        throw new RangeError('mine');
      });
      expect(failure(() => cluster.outcome(thrown$))).toEqual(new RangeError('mine'));
      const slow: (draft: unknown) => unknown = async () => await Promise.resolve();
      expect(failure(() => cluster.outcome(writer.edit(object, slow as never)))).toBeInstanceOf(TypeError);
      expect(sent()).toEqual([]);
    });

    it('refuses a model with methods, which cannot be drafted', () => {
      class Model {
        metadata = { name: 'a' };
      }
      const { cluster, writer } = withSettings();
      const edit$ = writer.edit(new Model() as never, () => undefined);
      expect(failure(() => cluster.outcome(edit$))).toMatchObject({ name: 'TypeError' });
    });

    it('changes nothing in a dry run', () => {
      const { cluster, writer, object, stored } = withSettings();
      const change = (draft: { data?: Record<string, string> | undefined }): void => {
        draft.data = { size: '9' };
      };
      expect(cluster.outcome(writer.edit(object, change, { dryRun: true })).data).toEqual({ size: '9' });
      expect(stored()?.data).toEqual({ size: '1' });
    });
  });

  describe('editStatus', () => {
    const deployments = 'apps/v1/deployments';

    it('writes the status alone, and refuses anything else', () => {
      const cluster = virtualCluster();
      const web = { ...named('web'), labels: { tier: 'front' } };
      const object = cluster.server.create(deployments, { metadata: web, spec: { replicas: 1 } });
      type Deployment = ConfigMap & { readonly spec: object; readonly status?: { readonly replicas: number } };
      const writer = writerOf(cluster.client<Deployment>(deployments), cluster);
      const answer = cluster.outcome(
        writer.editStatus(object as Deployment, (draft) => {
          draft.status = { replicas: 3 };
        }),
      );
      expect(answer).toMatchObject({ spec: { replicas: 1 }, status: { replicas: 3 } });
      const wrong$ = writer.editStatus(answer, (draft) => {
        draft.metadata.labels = {};
      });
      expect(failure(() => cluster.outcome(wrong$))).toMatchObject({ reason: 'IsNotStatus' });
    });

    it('goes on with the version of the main write', () => {
      const cluster = virtualCluster();
      type Deployment = ConfigMap & {
        readonly spec: { replicas: number };
        readonly status?: { readonly replicas: number };
      };
      const object = cluster.server.create(deployments, { metadata: named('web'), spec: { replicas: 1 } }) as never;
      const writer = writerOf(cluster.client<Deployment>(deployments), cluster);
      const updated = cluster.outcome(writer.edit(object, (draft) => void (draft.spec.replicas = 2)));
      cluster.outcome(writer.editStatus(updated, (draft) => void (draft.status = { replicas: 2 })));
      expect(cluster.server.requests.map(({ verb }) => verb)).toEqual(['patch', 'patch']);
    });
  });

  describe('apply', () => {
    const intent = { apiVersion: 'v1', kind: 'ConfigMap', metadata: settings, data: { size: '3' } } as const;

    it('creates the object, owns its fields, and gives up what the next intent lacks', () => {
      const cluster = virtualCluster();
      const writer = writerOf(cluster.client(), { ...cluster, fieldManager: 'spec' });
      cluster.outcome(writer.apply({ ...intent, data: { size: '3', colour: 'red' } }));
      const answer = cluster.outcome(writer.apply(intent));
      expect(answer.data).toEqual({ size: '3' });
      expect(answer.metadata.managedFields).toMatchObject([{ manager: 'spec', operation: 'Apply' }]);
    });

    it('fails with FieldConflict where others own a field, unless forced', () => {
      const { cluster, writer, stored } = withSettings();
      const error = failure(() => cluster.outcome(writer.apply(intent)));
      expect(error).toMatchObject({ reason: 'FieldConflict', key: 'default/settings' });
      expect((error as WriteError).cause).toBeInstanceOf(KubeError);
      expect(String(error)).toContain('.data.size');
      expect(stored()?.data).toEqual({ size: '1' });
      expect(cluster.outcome(writer.apply(intent, { force: true })).data).toEqual({ size: '3' });
    });

    it('leaves a finalizer that was not applied', () => {
      const { cluster, writer, stored } = withSettings();
      const held = { ...settings, finalizers: ['example.com/held'] };
      cluster.server.apply(configMaps, { metadata: held });
      cluster.outcome(writer.apply(intent, { force: true }));
      expect(stored()?.metadata.finalizers).toEqual(['example.com/held']);
    });

    it('refuses an object that was read, and sends nothing', () => {
      const { cluster, writer, sent, object } = withSettings();
      const error = failure(() => cluster.outcome(writer.apply(object as never)));
      expect(error).toMatchObject({ name: 'WriteError', reason: 'NotAnIntent' });
      expect(sent()).toEqual([]);
    });

    it('refuses to apply without a field manager, and more than a status to a status', () => {
      const cluster = virtualCluster();
      const writer = writerOf(cluster.client());
      expect(failure(() => cluster.outcome(writer.apply(intent)))).toMatchObject({ name: 'TypeError' });
      const status = writer.subresource<ConfigMap>('status');
      const error = failure(() => cluster.outcome(status.apply(intent, { fieldManager: 'spec' })));
      expect(error).toMatchObject({ reason: 'IsNotStatus' });
    });
  });

  describe('scale', () => {
    it('sets the number of replicas, and refuses what is none', () => {
      const cluster = virtualCluster();
      const web = { metadata: named('web'), spec: { replicas: 1, selector: { matchLabels: { app: 'web' } } } };
      const object = cluster.server.create('apps/v1/deployments', web);
      const writer = writerOf(cluster.client('apps/v1/deployments'), cluster);
      const scale = cluster.outcome(writer.scale(object.metadata, 3));
      expect(scale).toMatchObject({ kind: 'Scale', spec: { replicas: 3 } });
      expect(cluster.server.get('apps/v1/deployments', 'default/web')).toMatchObject({ spec: { replicas: 3 } });
      expect(() => writer.scale(object.metadata, -1)).toThrow(RangeError);
      expect(() => writer.scale(object.metadata, 1.5)).toThrow(RangeError);
    });

    it('edits a Scale under its version', () => {
      const cluster = virtualCluster();
      cluster.server.create('apps/v1/deployments', { metadata: named('web'), spec: { replicas: 1 } });
      type Scale = ConfigMap & { readonly spec: { readonly replicas: number } };
      const scales = writerOf(cluster.client('apps/v1/deployments'), cluster).subresource<Scale>('scale');
      const scale = cluster.outcome(scales.get(named('web')));
      cluster.server.apply('apps/v1/deployments', { metadata: named('web'), spec: { replicas: 4 } });
      const answer = cluster.outcome(scales.edit(scale, (draft) => void (draft.spec.replicas += 1)));
      expect(answer.spec.replicas).toBe(5);
    });
  });

  describe('signal', () => {
    it('ends a write with its reason, and sends nothing once it is aborted', () => {
      const { cluster, object } = withSettings({ latency: 100 });
      const stopping = new AbortController();
      const writer = writerOf(cluster.client(), { ...cluster, signal: stopping.signal });
      const seen: unknown[] = [];
      const edit$ = writer.edit(object, (draft) => void (draft.data = {}));
      edit$.subscribe({ error: (error: unknown) => seen.push(error) });
      cluster.pass(50);
      stopping.abort('over');
      expect(seen).toEqual(['over']);
      const count = cluster.server.requests.length;
      expect(failure(() => cluster.outcome(edit$))).toBe('over');
      expect(cluster.server.requests).toHaveLength(count);
    });

    it('refuses an invalid signal', () => {
      const { cluster } = withSettings();
      expect(() => writerOf(cluster.client(), { signal: 5 as never })).toThrow(TypeError);
    });
  });
});

describe('a storm of conflicts', () => {
  it('adds up 1,000 edits of five writers, each within its reads, or tried again', () => {
    const { cluster, object, stored, sent } = withSettings({ latency: 5 });
    const each = 200;
    let failures = 0;
    for (let number = 0; number < 5; number++) {
      const writer = writerOf(cluster.client(), cluster);
      const next = (left: number, current: ConfigMap): void => {
        if (left === 0) return;
        const edit$ = writer.edit(current, (draft) => {
          draft.data = { size: String(Number(draft.data?.['size']) + 1) };
        });
        edit$.subscribe({
          next: (answer) => next(left - 1, answer),
          error: (error: unknown) => {
            expect(error).toMatchObject({ reason: 'Conflict' });
            failures++;
            cluster.scheduler.schedule(() => next(left, current), 100 * cluster.random());
          },
        });
      };
      next(each, object);
    }
    cluster.pass(600_000);
    expect(stored()?.data).toEqual({ size: '1001' });
    // Each write of one is at most one lost try of each other.
    expect(sent().filter((verb) => verb === 'patch').length).toBeLessThan(5 * 1000);
    expect(failures).toBeLessThan(50);
  });
});
