import { firstValueFrom, lastValueFrom, map, type Observable, toArray } from 'rxjs';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { type KubeError, type KubernetesObject, type SharedInformer, sharedInformer } from 'kuberx';
import { type HttpClient, httpResourceClient, parseResource } from 'kuberx/http';
import { listWatch } from 'kuberx/rest';
import { marbleOptions } from 'kuberx/testing';
import { ApiServer, type ApiServerOptions } from 'kuberx/testing/apiserver';
import { configMap } from '../a-server.ts';

const config = { server: 'http://memory' };
const maps = '/api/v1/namespaces/default/configmaps';

/** Runs a marble spec with a server in its virtual time. */
function virtually(
  spec: (server: ApiServer, helpers: RunHelpers, scheduler: TestScheduler) => void,
  options: ApiServerOptions = {},
): void {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run((helpers) => {
    spec(new ApiServer({ ...options, scheduler, random: () => 0, listen: false }), helpers, scheduler);
  });
}

function configMaps(server: ApiServer, scheduler: TestScheduler): SharedInformer<KubernetesObject> {
  const { http } = server;
  return sharedInformer(listWatch(config, 'v1/configmaps', { http }), { ...marbleOptions, scheduler });
}

/** What a consumer sees, in words. */
function inWords(informer: SharedInformer<KubernetesObject>): Observable<string> {
  return informer.events$.pipe(
    map(({ type, object }) => `${type} ${object.metadata.name} ${object.metadata.resourceVersion!}`),
  );
}

async function answer(http: HttpClient, path: string): Promise<string> {
  const events = await lastValueFrom(http({ resource: 'x', method: 'GET', path, headers: {} }).pipe(toArray()));
  return events
    .map((event) => (event.type === 'head' ? `${event.status} ` : Buffer.from(event.bytes).toString()))
    .join('');
}

describe('an informer with a server in virtual time', () => {
  it('sees each write in the frame in which it is made', () => {
    virtually((server, { expectObservable, hot }, scheduler) => {
      server.create('v1/configmaps', configMap('a'));
      const writes: Record<string, () => unknown> = {
        c: () => server.create('v1/configmaps', configMap('b')),
        u: () => server.apply('v1/configmaps', configMap('a', { k: '1' })),
        d: () => server.delete('v1/configmaps', 'default/a'),
      };
      hot('5s c 4s u d').subscribe((letter) => writes[letter]!());
      expectObservable(inWords(configMaps(server, scheduler)), '^ 20s !').toBe('i 4999ms c 4s u d', {
        i: 'added a 101',
        c: 'added b 102',
        u: 'updated a 103',
        d: 'deleted a 104',
      });
    });
  });

  it('goes on after a stop of the server, and finds what was missed', () => {
    virtually((server, { expectObservable, hot }, scheduler) => {
      server.create('v1/configmaps', configMap('a'));
      const steps: Record<string, () => unknown> = {
        x: () => void server.stop({ how: 'reset' }),
        w: () => server.delete('v1/configmaps', 'default/a'),
        y: () => void server.start(),
      };
      hot('5s x 4s w 999ms y').subscribe((letter) => steps[letter]!());
      const names$ = configMaps(server, scheduler).events$.pipe(map(({ type }) => type));
      expectObservable(names$, '^ 30s !').toBe('a 10765ms d', { a: 'added', d: 'deleted' });
    });
  });

  it('waits for latency on the scheduler', () => {
    virtually(
      (server, { expectObservable }) => {
        const request = { resource: 'x', method: 'GET', path: '/version', headers: {} } as const;
        expectObservable(server.http(request).pipe(map(({ type }) => type))).toBe('250ms (hc|)', {
          h: 'head',
          c: 'chunk',
        });
      },
      { latency: 250 },
    );
  });

  it('stamps objects with virtual time, and with uids of the given chance', () => {
    virtually((server, _helpers, scheduler) => {
      scheduler.schedule(() => server.create('v1/configmaps', configMap('a')), 61_000);
      scheduler.schedule(() => {
        const { creationTimestamp, uid } = server.get('v1/configmaps', 'default/a')!.metadata;
        expect(creationTimestamp).toBe('1970-01-01T00:01:01Z');
        expect(uid).toBe('00000000-0000-4000-8000-000000000000');
      }, 62_000);
    });
  });
});

describe('a server in memory', () => {
  it('answers as over a socket, and counts what it was asked', async () => {
    const server = new ApiServer({ listen: false, token: 'secret' });
    const { http } = server;
    const client = httpResourceClient<KubernetesObject>({ http, resource: parseResource('v1/configmaps') });
    const created = await firstValueFrom(
      client.create({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a', namespace: 'x' },
      }),
    );
    expect(server.get('v1/configmaps', 'x/a')).toEqual(created);
    const refused$ = http({ resource: 'x', method: 'GET', path: maps, headers: { Authorization: 'Bearer wrong' } });
    expect(await firstValueFrom(refused$)).toMatchObject({ status: 401 });
    expect(await answer(http, '/livez')).toBe('200 ok');
    expect(await answer(http, '/nope')).toBe('404 404 page not found\n');
    expect(await answer(http, '/%')).toMatch(/^(400|404) /);
    expect(server.requests.map(({ path }) => path)).toHaveLength(5);
    expect(() => server.url).toThrow('listen: false');
    expect(server.connections).toBe(0);
  });

  it('refuses a body of more than 3 MiB', async () => {
    const { http } = new ApiServer({ listen: false });
    const client = httpResourceClient<KubernetesObject>({ http, resource: parseResource('v1/configmaps') });
    const object = { ...configMap('a', { k: 'x'.repeat(4_000_000) }) } as KubernetesObject;
    await expect(firstValueFrom(client.create(object))).rejects.toThrow('Request entity too large');
  });

  it.each([
    ['clean', 'complete'],
    ['mid-line', 'complete'],
    ['reset', 'Network'],
  ] as const)('ends its streams: %s', (how, outcome) => {
    const server = new ApiServer({ listen: false });
    const path = `${maps}?watch=1&resourceVersion=100`;
    const seen: string[] = [];
    let text = '';
    server.http({ resource: 'x', method: 'GET', path, headers: {} }).subscribe({
      next: (event) => {
        if (event.type === 'chunk') text += Buffer.from(event.bytes).toString();
      },
      error: (error: unknown) => seen.push((error as KubeError).reason),
      complete: () => seen.push('complete'),
    });
    server.create('v1/configmaps', configMap('a'));
    expect(server.openStreams).toBe(1);
    expect(server.endStreams({ how })).toBe(1);
    expect(seen).toEqual([outcome]);
    expect(text).toContain('"name":"a"');
    expect(text.endsWith('\n')).toBe(how !== 'mid-line');
    expect(server.openStreams).toBe(0);
  });

  it('lets requests fail: reset, hang, and refused where it is stopped', async () => {
    const server = new ApiServer({ listen: false });
    server.failNext({ code: 'reset' });
    await expect(answer(server.http, maps)).rejects.toMatchObject({ reason: 'Network' });
    server.failNext({ code: 'hang' });
    let answered = false;
    const hanging$ = server.http({ resource: 'x', method: 'GET', path: maps, headers: {} });
    let reason: unknown;
    hanging$.subscribe({
      next: () => (answered = true),
      error: (error: unknown) => ({ reason } = error as KubeError),
    });
    await server.stop();
    expect([answered, reason]).toEqual([false, 'Network']);
    await expect(answer(server.http, maps)).rejects.toMatchObject({ reason: 'ConnectionRefused' });
    await server.start();
    expect(await answer(server.http, maps)).toMatch(/^200 /);
  });

  it('forgets a stream whose client has gone', () => {
    const server = new ApiServer({ listen: false });
    const path = `${maps}?watch=1`;
    const subscription = server.http({ resource: 'x', method: 'GET', path, headers: {} }).subscribe();
    expect(server.openStreams).toBe(1);
    subscription.unsubscribe();
    expect(server.openStreams).toBe(0);
  });
});
