import type * as clientNode from '@kubernetes/client-node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { eventually } from '../eventually.ts';
import { ConfigMapProgram, inWords, makeWith } from './config-map-program.ts';

const soon = makeWith({ backoff: { initial: 10, max: 100 }, random: () => 0 });
const paged = makeWith({ backoff: { initial: 10, max: 100 }, random: () => 0, streaming: false, pageSize: 2 });

const objectLines = ({ lines }: ConfigMapProgram): string[] => lines.filter((line) => line !== 'connect');

/** Waits until a server has been asked nothing for a while: what would come after a stop has had its time. */
async function quiet({ server }: ConfigMapProgram): Promise<void> {
  let before = -1;
  await expect
    .poll(() => server.requests.length === before || void (before = server.requests.length), { interval: 150 })
    .toBe(true);
}

/** Defects of client-node's informer: each has its name here, and none may come back. */
describe('makeInformer has not', () => {
  it('a stop that is an error, and that a handler which restarts takes for one', async () => {
    const program = await ConfigMapProgram.of({ make: soon });
    program.informer.on('error', () => void program.informer.start());
    await program.informer.start();
    await program.watching();
    await program.informer.stop();
    await eventually(() => expect(program.server.openStreams).toBe(0));
    program.put('a');
    await quiet(program);
    expect(program.errors).toEqual([]);
    expect(program.server.openStreams).toBe(0);
    expect(objectLines(program)).toEqual([]);
  });

  it('a second watch from a second start, which no stop closes', async () => {
    const program = await ConfigMapProgram.of({ make: soon });
    program.put('a');
    await Promise.all([program.informer.start(), program.informer.start()]);
    await program.informer.start();
    await program.watching();
    expect(program.requests('watch')).toHaveLength(1);
    expect(program.lines).toEqual(['connect', 'add default/a']);
    await program.informer.stop();
    await eventually(() => expect(program.server.openStreams).toBe(0));
  });

  it.each([
    ['the first request', soon, 0],
    ['a list', paged, 1],
    ['a later page of a list', paged, 2],
  ])('a watch that is opened after a stop during %s', async (_when, make, requests) => {
    const program = await ConfigMapProgram.of({ make, server: { latency: 50 } });
    for (const name of ['a', 'b', 'c', 'd', 'e']) program.put(name);
    const started = program.informer.start();
    await eventually(() => expect(program.server.requests.length).toBeGreaterThanOrEqual(requests));
    await program.informer.stop();
    await started;
    await quiet(program);
    expect(program.requests('watch').length).toBeLessThanOrEqual(make === soon ? 1 : 0);
    expect(program.server.openStreams).toBe(0);
    expect(objectLines(program)).toEqual([]);
  });

  it('an end for good where its requests fail', async () => {
    const program = await ConfigMapProgram.of({ make: soon });
    program.put('a');
    program.server.failNext({ code: 403, verbs: ['list', 'watch'] });
    await program.informer.start();
    expect(program.informer.list().map(inWords)).toEqual(['default/a']);
    await program.watching();
    program.server.failNext({ code: 500, verbs: ['watch'] });
    program.server.endStreams({ how: 'reset' });
    program.put('a', '2');
    await eventually(() => expect(objectLines(program)).toEqual(['add default/a', 'update default/a v=2']));
    expect(program.errors).toHaveLength(3);
    expect(program.errors.every((error) => error instanceof KubeError)).toBe(true);
  });

  it('an end for good on a server that is down, and comes up', async () => {
    const program = await ConfigMapProgram.of({ make: soon });
    program.put('a');
    await program.server.stop({ how: 'reset' });
    const started = program.informer.start();
    await program.failed(2);
    expect(program.errors[0]).toMatchObject({ reason: 'ConnectionRefused' });
    expect(program.lines).toEqual([]);
    await program.server.start();
    await started;
    expect(program.lines).toEqual(['connect', 'add default/a']);
  });

  it('objects of two shapes, one listed, one watched', async () => {
    const program = await ConfigMapProgram.of({ make: soon });
    program.put('a');
    await program.informer.start();
    await program.watching();
    program.put('b');
    await eventually(() => expect(program.informer.list()).toHaveLength(2));
    for (const object of program.informer.list()) {
      expect(object).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
      expect(object.metadata?.creationTimestamp).toBeTypeOf('string');
      expect(Object.isFrozen(object.metadata)).toBe(true);
    }
  });

  it('a watch without bookmarks, which a quiet resource loses its version by', async () => {
    const program = await ConfigMapProgram.of({ make: soon });
    await program.informer.start();
    await program.watching();
    expect(program.requests('watch')[0]?.query).toMatchObject({
      allowWatchBookmarks: 'true',
      timeoutSeconds: expect.any(String) as string,
    });
  });
});

it('comes to the state of the server after starts and stops in any order, over one watch at most', async () => {
  const [rare, often] = [
    fc.constantFrom('stop', 'break', 'compact', 'stop inside', 'restart inside', 'remove'),
    fc.constantFrom('start', 'wait', 'put', 'put'),
  ];
  const sequences = fc.array(fc.oneof(rare, often), { minLength: 5, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(sequences, fc.boolean(), async (sequence, streaming) => {
      const program = await ConfigMapProgram.of({ make: streaming ? soon : paged });
      const { informer, server } = program;
      const held = new Map<string, string>();
      const wrong: string[] = [];
      const hold = (isHeld: boolean, { metadata }: clientNode.V1ConfigMap): void => {
        if (held.has(metadata?.uid ?? '') !== isHeld) wrong.push(metadata?.name ?? '');
        held.set(metadata?.uid ?? '', metadata?.resourceVersion ?? '');
      };
      informer.on('add', (object) => hold(false, object));
      informer.on('update', (object) => hold(true, object));
      informer.on('delete', (object) => {
        hold(true, object);
        held.delete(object.metadata?.uid ?? '');
      });
      let inside = (): void => undefined;
      informer.on('change', () => {
        const action = inside;
        inside = () => undefined;
        action();
      });
      const take: Record<string, (index: number) => unknown> = {
        start: () => void informer.start(),
        stop: () => informer.stop(),
        'stop inside': () => (inside = () => void informer.stop()),
        'restart inside': () =>
          (inside = () => {
            void informer.stop();
            void informer.start();
          }),
        put: (index) => program.put(`c-${index % 3}`, String(index)),
        remove: () => {
          for (const { metadata } of server.list('v1/configmaps').slice(0, 1))
            program.remove(`default/${metadata.name}`);
        },
        wait: () => new Promise((resolve) => setTimeout(resolve, 5)),
        break: () => server.endStreams({ how: 'reset' }),
        compact: () => server.compact(),
      };
      for (const [index, step] of sequence.entries()) await take[step]?.(index);
      inside = () => undefined;
      await informer.start();
      await eventually(() => {
        const list = server.list('v1/configmaps').map(({ metadata }) => [metadata.uid, metadata.resourceVersion]);
        expect(Object.fromEntries(held)).toEqual(Object.fromEntries(list));
        expect(server.openStreams).toBe(1);
      });
      expect(wrong).toEqual([]);
      await informer.stop();
      await eventually(() => expect(server.openStreams).toBe(0));
    }),
    { numRuns: 40 },
  );
}, 120_000);
