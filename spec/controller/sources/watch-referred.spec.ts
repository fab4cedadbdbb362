import { describe, expect, it } from 'vitest';
import { watchReferred } from 'kuberx';
import { listWatch } from 'kuberx/http';
import { type ConfigMap, configMaps, virtualCluster } from '../virtual-cluster.ts';

const secrets = 'v1/secrets';

/** ConfigMaps that refer to Secrets by the names in their data. */
function setting({ upTo = 3, keep = 2 } = {}) {
  const cluster = virtualCluster();
  const { server } = cluster;
  const metadata = (name: string) => ({ metadata: { namespace: 'default', name } });
  const refer = (name: string, ...names: string[]): void =>
    void server.apply(configMaps, { ...metadata(name), data: Object.fromEntries(names.map((each) => [each, ''])) });
  const secret = (name: string, value: string): void =>
    void server.apply(secrets, { ...metadata(name), data: { value: `${value}${value}${value}${value}` } });
  const referred$ = watchReferred(cluster.informer(), {
    ...cluster,
    refsOf: ({ data }: ConfigMap) => Object.keys(data ?? {}).map((name) => ({ namespace: 'default', name })),
    listWatch: (selection) => listWatch(server.http, secrets, selection),
    client: cluster.client(secrets),
    upTo,
    keep,
  });
  const woken: string[] = [];
  const wakes = referred$.subscribe(({ key }) => woken.push(key));
  const read = (name: string) => cluster.outcome(referred$.read({ namespace: 'default', name }), 2000);
  const gets = () => server.requests.filter(({ verb }) => verb === 'get').length;
  return { cluster, server, refer, secret, woken, wakes, read, gets, pass: (time = 2000) => cluster.pass(time) };
}

describe('watchReferred', () => {
  it('wakes those that refer to an object when it comes, changes and goes, and nobody for others', () => {
    const { server, refer, secret, woken, pass, wakes } = setting();
    refer('one', 'a', 'b');
    refer('two', 'b');
    pass();
    secret('a', '1');
    secret('c', '1');
    pass();
    expect(woken.splice(0)).toEqual(['default/one']);
    secret('b', '1');
    secret('b', '2');
    server.delete(secrets, 'default/b');
    pass();
    expect(woken.splice(0).sort()).toEqual([1, 1, 1, 2, 2, 2].map((each) => `default/${each === 1 ? 'one' : 'two'}`));
    wakes.unsubscribe();
  });

  it('watches by name what is referred to, and closes a watch with the last reference', () => {
    const { server, refer, pass, read, secret, gets, wakes } = setting();
    secret('a', '1');
    refer('one', 'a');
    pass();
    expect(server.openStreams).toBe(2);
    expect(read('a')).toMatchObject({ data: { value: '1111' } });
    expect(read('none')).toBeUndefined();
    expect(gets()).toBe(1);
    refer('one');
    pass(20_000);
    expect(server.openStreams).toBe(1);
    wakes.unsubscribe();
    pass();
    expect(server.openStreams).toBe(0);
  });

  it('watches the metadata of the namespace where there are more, and reads whole objects once for each version', () => {
    const { server, refer, secret, pass, read, gets, woken, wakes } = setting();
    for (const name of ['a', 'b', 'c', 'd']) secret(name, '1');
    refer('one', 'a', 'b', 'c', 'd');
    pass(20_000);
    expect(server.openStreams).toBe(2);
    expect(read('a')).toMatchObject({ data: { value: '1111' } });
    expect(read('a')).toMatchObject({ data: { value: '1111' } });
    expect(gets()).toBe(1);
    woken.length = 0;
    secret('a', '2');
    pass();
    expect(woken).toEqual(['default/one']);
    expect(read('a')).toMatchObject({ data: { value: '2222' } });
    expect(read('none')).toBeUndefined();
    expect(gets()).toBe(2);
    refer('one', 'a');
    pass(20_000);
    expect(server.openStreams).toBe(2);
    expect(read('a')).toMatchObject({ data: { value: '2222' } });
    expect(gets()).toBe(2);
    wakes.unsubscribe();
  });

  it('keeps as many whole objects as it may', () => {
    const { refer, secret, pass, read, gets } = setting({ upTo: 0, keep: 1 });
    for (const name of ['a', 'b']) secret(name, '1');
    refer('one', 'a', 'b');
    pass(20_000);
    for (const name of ['a', 'b', 'b', 'a']) read(name);
    expect(gets()).toBe(3);
  });

  it('refuses invalid limits and functions', () => {
    expect(() => setting({ upTo: -1 })).toThrow(RangeError);
    expect(() => setting({ keep: 0.5 })).toThrow(RangeError);
    expect(() => watchReferred(virtualCluster().informer(), {} as never)).toThrow(TypeError);
  });
});
