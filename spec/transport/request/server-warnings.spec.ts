import { of } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { KubernetesObject } from 'kuberx';
import { type HttpClient, httpListerWatcher, httpResourceClient, parseResource } from 'kuberx/http';
import { reported } from '../../reported.ts';
import { response } from '../responses.ts';

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'a' } } satisfies KubernetesObject;
const resource = parseResource('v1/pods');

afterEach(() => {
  vi.restoreAllMocks();
});

function http(warning: string, status = 200): HttpClient {
  return () => response(status, JSON.stringify(pod), { warning });
}

describe('what a server warns of', () => {
  it('is told once each, of whatever is sent, subresources too', async () => {
    const told: unknown[] = [];
    const warning = '299 - "unknown field \\"spec.replics\\"", 299 - "deprecated", 112 - "cache down", 299 - ""';
    const client = httpResourceClient<KubernetesObject>({
      http: http(warning),
      resource,
      onWarning: (each) => told.push(each),
    });
    await client.create(pod);
    await client.patch(pod.metadata, { type: 'merge', body: {} });
    await client.subresource('status').update(pod);
    expect(told).toEqual([
      { resource: 'v1/pods', text: 'unknown field "spec.replics"' },
      { resource: 'v1/pods', text: 'deprecated' },
    ]);
  });

  it('is told of a request that fails, and of lists and watches', async () => {
    const told: string[] = [];
    const onWarning = ({ text }: { text: string }): void => void told.push(text);
    const failing = httpResourceClient<KubernetesObject>({ http: http('299 - "a"', 422), resource, onWarning });
    await expect(failing.create(pod)).rejects.toMatchObject({ reason: 'Invalid' });
    const pods = httpListerWatcher({
      http: http('299 - "b"', 404),
      resource: 'v1/pods',
      path: '/api/v1/pods',
      apiVersion: 'v1',
      onWarning,
    });
    await expect(pods.list({})).rejects.toMatchObject({ reason: 'NotFound' });
    expect(told).toEqual(['a', 'b']);
  });

  it('is printed by default, in one line that a terminal only prints', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    await httpResourceClient({ http: http('299 - "gone\u200d  soon"'), resource }).get(pod.metadata);
    expect(warn.mock.calls).toEqual([['Warning: v1/pods: gone soon']]);
  });

  it('fails no request where the one who is told fails', async () => {
    const failure = new Error('nobody wants to know');
    const onWarning = (): void => {
      throw failure;
    };
    const client = httpResourceClient({ http: http('299 - "a"'), resource, onWarning });
    const got: unknown[] = [];
    expect(await reported(() => void client.get(pod.metadata).subscribe((object) => got.push(object)))).toEqual([
      failure,
    ]);
    expect(got).toEqual([pod]);
  });

  it('is told to a function', () => {
    const options = { http: () => of(), resource, onWarning: 'console' as never } satisfies object;
    expect(() => httpResourceClient(options)).toThrow('onWarning is of type string; it takes a function');
  });
});
