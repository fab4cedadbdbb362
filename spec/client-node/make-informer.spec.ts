import * as clientNode from '@kubernetes/client-node';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { makeInformer } from 'kuberx/client-node';
import { ResourceSyntaxError } from 'kuberx/http';
import { eventually } from '../eventually.ts';
import { ConfigMapProgram, inWords, makers } from './config-map-program.ts';
import { kubeConfigOf } from './kube-config-of.ts';

/** The same program, whichever the import. */
describe.each(makers)('a program with makeInformer of %s', (_name, make) => {
  it('is told of each object once the server has answered, and has a full cache when start resolves', async () => {
    const program = await ConfigMapProgram.of({ make });
    program.put('a');
    program.put('b', '1', { namespace: 'other' });
    await program.informer.start();
    expect(program.lines).toEqual(['connect', 'add default/a', 'add other/b']);
    expect(program.informer.get('a', 'default')?.data).toEqual({ v: '1' });
    expect(program.informer.get('a')).toBeUndefined();
    expect(program.informer.get('default/a')).toBeUndefined();
    expect(program.informer.get('c', 'default')).toBeUndefined();
    expect(program.informer.list().map(inWords).sort()).toEqual(['default/a', 'other/b']);
    expect(program.informer.list('other').map(inWords)).toEqual(['other/b']);
    expect(program.informer.list('default')).not.toBe(program.informer.list('default'));
    expect(program.informer.list('nowhere')).toEqual([]);
  });

  it('has an empty cache before it starts, and is told of nothing in an empty namespace', async () => {
    const program = await ConfigMapProgram.of({ make, namespace: 'empty' });
    program.put('a');
    expect(program.informer.list()).toEqual([]);
    expect(program.informer.get('a', 'default')).toBeUndefined();
    await program.informer.start();
    expect(program.lines).toEqual(['connect']);
  });

  it('is told of changes in their order, and reads what it is told of', async () => {
    const program = await ConfigMapProgram.of({ make });
    const read: (string | undefined)[] = [];
    program.informer.on('change', ({ metadata }) =>
      read.push(program.informer.get(metadata?.name ?? '', metadata?.namespace)?.data?.['v']),
    );
    await program.informer.start();
    await program.watching();
    program.put('a');
    await program.told(2);
    program.put('a', '2');
    await program.told(3);
    program.remove('default/a');
    expect(await program.told(4)).toEqual(['connect', 'add default/a', 'update default/a v=2', 'delete default/a v=2']);
    expect(read).toEqual(['1', '2', undefined]);
    expect(program.informer.list()).toEqual([]);
  });

  it('reads one resource of one namespace, by a label selector', async () => {
    const program = await ConfigMapProgram.of({ make, namespace: 'default', labelSelector: 'app in (web)' });
    const labels = { app: 'web' };
    program.put('a', '1', { labels });
    program.put('b');
    program.put('c', '1', { namespace: 'other', labels });
    await program.informer.start();
    await program.watching();
    program.put('d', '1', { labels });
    await program.told(3);
    program.put('a', '2');
    expect(await program.told(4)).toEqual(['connect', 'add default/a', 'add default/d', 'delete default/a']);
    const [watch] = program.requests('watch');
    expect([watch?.path, watch?.query['labelSelector']]).toEqual([
      '/api/v1/namespaces/default/configmaps',
      'app in (web)',
    ]);
  });

  it('calls a callback as often as it was added, until it is removed as often', async () => {
    const program = await ConfigMapProgram.of({ make });
    let calls = 0;
    const count = (): void => void (calls += 1);
    program.informer.on('add', count);
    program.informer.on('change', count);
    program.informer.off('update', () => undefined);
    program.put('a');
    await program.informer.start();
    await program.watching();
    expect(calls).toBe(2);
    program.informer.off('add', count);
    program.put('a', '2');
    await program.told(3);
    expect(calls).toBe(3);
    program.informer.off('change', count);
    program.put('b');
    program.remove('default/a');
    await program.told(5);
    expect(calls).toBe(3);
  });

  it('tells an object to all callbacks that were there when it came, also where one removes them', async () => {
    const program = await ConfigMapProgram.of({ make });
    const calls: string[] = [];
    const second = ({ metadata }: clientNode.V1ConfigMap): void => void calls.push(`second ${metadata?.name ?? ''}`);
    const third = ({ metadata }: clientNode.V1ConfigMap): void => void calls.push(`third ${metadata?.name ?? ''}`);
    const first = ({ metadata }: clientNode.V1ConfigMap): void => {
      calls.push(`first ${metadata?.name ?? ''}`);
      program.informer.off('add', first);
      program.informer.off('add', second);
      program.informer.on('add', third);
    };
    program.informer.on('add', first);
    program.informer.on('add', second);
    program.put('a');
    program.put('b');
    await program.informer.start();
    expect(calls).toEqual(['first a', 'second a', 'third b']);
  });

  it('tells a late callback of what comes, not of what is there', async () => {
    const program = await ConfigMapProgram.of({ make });
    program.put('a');
    await program.informer.start();
    await program.watching();
    const late: string[] = [];
    program.informer.on('add', (object) => late.push(inWords(object)));
    program.put('b');
    await program.told(3);
    expect(late).toEqual(['default/b']);
  });

  it('goes on where the server ends a watch, and says that it has connected again', async () => {
    const program = await ConfigMapProgram.of({ make });
    await program.informer.start();
    await program.watching();
    program.server.endStreams();
    program.put('a');
    expect(await program.told(3)).toEqual(['connect', 'connect', 'add default/a']);
    expect(program.errors).toEqual([]);
    expect(program.requests('watch').at(-1)?.query['resourceVersion']).toBeDefined();
  });

  it('lists again where its version is gone: deletions first, no error', async () => {
    const program = await ConfigMapProgram.of({ make });
    for (const name of ['a', 'b', 'c']) program.put(name);
    await program.informer.start();
    await program.watching();
    program.server.endStreams();
    program.remove('default/a');
    program.put('b', '2');
    program.put('d');
    program.server.compact();
    await program.told(8);
    const [, , , , ...after] = program.lines;
    expect(after.filter((line) => line !== 'connect')).toEqual([
      'delete default/a',
      'update default/b v=2',
      'add default/d',
    ]);
    expect(after).toContain('connect');
    expect(program.errors).toEqual([]);
  });

  it('stops, keeps what it has, and goes on from there when it is started again', async () => {
    const program = await ConfigMapProgram.of({ make });
    for (const name of ['a', 'b']) program.put(name);
    await program.informer.start();
    await program.watching();
    await program.informer.stop();
    program.put('a', '2');
    program.remove('default/b');
    program.put('c');
    expect(program.informer.list().map(inWords).sort()).toEqual(['default/a', 'default/b']);
    expect(program.lines).toEqual(['connect', 'add default/a', 'add default/b']);
    await program.informer.start();
    await program.told(7);
    expect(program.lines.slice(3)).toEqual(['connect', 'update default/a v=2', 'delete default/b', 'add default/c']);
    expect(program.requests('watch')).toHaveLength(2);
  });

  it('may be stopped before it starts, and again', async () => {
    const program = await ConfigMapProgram.of({ make });
    await program.informer.stop();
    await program.informer.stop();
    await program.informer.start();
    expect(program.lines).toEqual(['connect']);
  });

  it('is told of a failed list, with its code', async () => {
    const program = await ConfigMapProgram.of({ make });
    program.server.failNext({ code: 403, times: 3 });
    void program.informer.start();
    await program.failed();
    expect(program.errors[0]).toBeInstanceOf(Error);
    expect(program.errors[0]?.code).toBe(403);
  });

  it('is told of a failed watch, with its status code', async () => {
    const program = await ConfigMapProgram.of({ make });
    await program.informer.start();
    await program.watching();
    program.server.failNext({ code: 500, verbs: ['watch'] });
    program.server.endStreams();
    await program.failed();
    expect(program.errors[0]).toBeInstanceOf(Error);
    expect(program.errors[0]?.statusCode).toBe(500);
  });

  it('starts again from its error handler, and comes to the state of the server', async () => {
    const program = await ConfigMapProgram.of({ make });
    program.informer.on('error', () => void setTimeout(() => void program.informer.start(), 50));
    program.put('a');
    program.server.failNext({ code: 503 });
    void program.informer.start();
    await program.told(2);
    await program.watching();
    program.server.endStreams({ how: 'reset' });
    program.put('b');
    await program.failed(2);
    await eventually(() => expect(program.lines).toContain('add default/b'));
    expect(program.lines.filter((line) => line !== 'connect')).toEqual(['add default/a', 'add default/b']);
  });

  it('refuses a verb that there is not', async () => {
    const { informer } = await ConfigMapProgram.of({ make });
    for (const verb of ['added', '', 'connected']) {
      expect(() => informer.on(verb as 'add', () => undefined)).toThrow(`Unknown verb: ${verb}`);
      expect(() => informer.off(verb as 'add', () => undefined)).toThrow(`Unknown verb: ${verb}`);
    }
  });
});

describe('makeInformer', () => {
  const kubeConfig = kubeConfigOf('http://127.0.0.1:1');
  const list = (): Promise<clientNode.V1PodList> => Promise.reject(new Error('it is not called'));

  it("has the type of client-node's, and infers what that infers", () => {
    const make: typeof clientNode.makeInformer = makeInformer;
    const pods = makeInformer(kubeConfig, '/api/v1/pods', list);
    expectTypeOf(make).toBeFunction();
    expectTypeOf(pods).toEqualTypeOf<
      clientNode.Informer<clientNode.V1Pod> & clientNode.ObjectCache<clientNode.V1Pod>
    >();
    expectTypeOf(pods).toEqualTypeOf(clientNode.makeInformer(kubeConfig, '/api/v1/pods', list));
    expectTypeOf(makeInformer<clientNode.V1Pod>)
      .parameter(2)
      .toEqualTypeOf<clientNode.ListPromise<clientNode.V1Pod>>();
  });

  it('refuses what is not a path of a collection, at once', () => {
    expect(() => makeInformer(kubeConfig, '/api/v1/namespaces/default/pods/web', list)).toThrow(ResourceSyntaxError);
  });

  it.each([
    [null, 'null'],
    [{ app: 'web' }, 'of type object'],
  ])('refuses %j as a selector, which would select something else in silence', (selector, words) => {
    const given = selector as unknown as string;
    const make = (...selectors: string[]) => makeInformer(kubeConfig, '/api/v1/pods', list, ...selectors);
    expect(() => make(given)).toThrow(`labelSelector is ${words}; it takes a text`);
    expect(() => make('', given)).toThrow(`fieldSelector is ${words}; it takes a text`);
  });

  it.each([undefined, null, {}, 'kubeconfig'])('refuses %j in place of a kubeconfig', (given) => {
    expect(() => makeInformer(given as clientNode.KubeConfig, '/api/v1/pods', list)).toThrow(
      'a KubeConfig of @kubernetes/client-node is needed',
    );
  });

  it.each(['maxFrameBytes', 'maxItemBytes'])('refuses a %s that is not a limit', (name) => {
    const make = () => makeInformer(kubeConfig, '/api/v1/pods', list, undefined, undefined, { [name]: 0 });
    expect(make).toThrow(`${name} is 0; it takes a number of bytes`);
  });

  it('takes selectors of its arguments before those of its path', async () => {
    const program = await ConfigMapProgram.of();
    const path = '/api/v1/configmaps?labelSelector=a%3Db&fieldSelector=metadata.name%3Dc';
    const of = kubeConfigOf(program.server.url);
    const selectors = async (...given: (string | undefined)[]): Promise<unknown> => {
      const informer = makeInformer(of, path, list, ...(given as string[]));
      await informer.start();
      await informer.stop();
      const { labelSelector, fieldSelector } = program.server.requests.at(-1)?.query ?? {};
      return [labelSelector, fieldSelector];
    };
    expect(await selectors()).toEqual(['a=b', 'metadata.name=c']);
    expect(await selectors('d=e')).toEqual(['d=e', 'metadata.name=c']);
    expect(await selectors('', 'metadata.name=f')).toEqual([undefined, 'metadata.name=f']);
    expect(await selectors(undefined, '')).toEqual(['a=b', undefined]);
  });

  it('refuses an invalid callback', () => {
    const informer = makeInformer(kubeConfig, '/api/v1/pods', list);
    expect(() => informer.on('add', undefined as unknown as () => void)).toThrow(
      'the callback for add is not a function',
    );
  });
});
