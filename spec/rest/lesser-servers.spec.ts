import { describe, expect, it, onTestFinished } from 'vitest';
import { sharedInformer } from 'kuberx';
import { listWatch } from 'kuberx/rest';
import { eventually } from '../eventually.ts';
import { httpServer } from './servers.ts';

describe('an informer over a server that answers as a metrics-server does', () => {
  it('syncs without versions, and polls after the 405', async () => {
    const asked: string[] = [];
    const { url } = await httpServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://localhost');
      const isWatch = searchParams.get('watch') === 'true';
      asked.push(isWatch ? 'watch' : 'list');
      response.setHeader('content-type', 'application/json');
      if (isWatch) {
        const message = 'the server does not allow this method on the requested resource';
        response.statusCode = 405;
        response.end(
          JSON.stringify({ kind: 'Status', status: 'Failure', reason: 'MethodNotAllowed', code: 405, message }),
        );
      } else {
        const cpu = `${asked.length}m`;
        const items = [{ metadata: { name: 'a', namespace: 'default' }, containers: [{ name: 'c', usage: { cpu } }] }];
        response.end(
          JSON.stringify({ kind: 'PodMetricsList', apiVersion: 'metrics.k8s.io/v1beta1', metadata: {}, items }),
        );
      }
    });
    const informer = sharedInformer(listWatch({ server: url }, 'metrics.k8s.io/v1beta1/pods'), { pollInterval: 1000 });
    const seen: string[] = [];
    const subscription = informer.snapshot$.subscribe((snapshot) => seen.push(JSON.stringify(snapshot.list())));
    onTestFinished(() => subscription.unsubscribe());
    await informer.whenSynced();
    await eventually(() => expect(seen.length).toBeGreaterThan(1));
    expect(informer.status$.value).toMatchObject({
      updates: 'polled',
      synced: true,
      stale: false,
      lastError: undefined,
    });
    expect(informer.snapshot$.value.resourceVersion).toBeUndefined();
    // The first watch is the streaming list, which the server refuses as any watch.
    expect(asked.slice(0, 4)).toEqual(['watch', 'list', 'watch', 'list']);
  });
});
