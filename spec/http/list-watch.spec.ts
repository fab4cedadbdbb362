import { NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { sharedInformer } from 'kuberx';
import { fetchHttpClient, listWatch, ResourceSyntaxError } from 'kuberx/http';
import { apiServer } from 'kuberx/testing/apiserver';

const pod = (name: string): object => ({ metadata: { namespace: 'default', name } });

describe('listWatch over fetch', () => {
  it('keeps an informer agreeing with the server', async () => {
    await using server = await apiServer();
    server.create('v1/pods', pod('first'));
    const pods = sharedInformer(
      listWatch(fetchHttpClient({ server: server.url }), 'v1/pods', { namespace: 'default' }),
    );
    const held = pods.connect();
    await pods.whenSynced();
    expect(pods.snapshot$.value.keys()).toEqual(['default/first']);
    server.create('v1/pods', pod('second'));
    await pods.waitFor('default/second', (found) => found !== undefined);
    held.unsubscribe();
  });

  it('throws for what names no resource, and for an option that there is not', () => {
    expect(() => listWatch(() => NEVER, 'pods')).toThrow(ResourceSyntaxError);
    expect(() => listWatch(() => NEVER, 'v1/pods', { connection: {} } as object)).toThrow(
      'connection is not an option of a list and watch',
    );
  });
});
