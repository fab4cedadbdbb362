import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { KubeError, type KubernetesObject, type SharedInformerOptions, store as makeStore } from 'kuberx';
import { realFifo } from 'kuberx/queue';
import { buildObject, page } from 'kuberx/testing';
import { reported } from '../reported.ts';
import { play } from './scene.ts';

const nameless = new KubeError({ reason: 'Malformed', resource: 'v1/pods', message: 'it has no name' });
const list = page([buildObject('default/a', '4')], '5', { refused: { error: nameless, count: 2 } });
type Options = SharedInformerOptions<KubernetesObject, KubernetesObject, 'uid'>;

/** Plays a list of which two were left out, and notes the keys, how many are counted, and what the handler is told. */
function played(options: Options): string[] {
  return play(
    [{ list: [list] }, { watch: 'o' }],
    ({ informer, note, at }) => {
      const connection = informer.connect();
      const { objectErrors, lastObjectError } = informer.status$.value;
      note(`${informer.store.listKeys().join()}, left out ${objectErrors}: ${lastObjectError?.message}`);
      at(1, () => connection.unsubscribe());
    },
    { streaming: false, ...options },
  );
}

describe('objects without a name', () => {
  it('are left out, are counted in the status, and are told once', () => {
    const onRefusedObjects = vi.fn();
    expect(played({ onRefusedObjects })).toEqual(['0: default/a, left out 2: v1/pods: it has no name']);
    expect(onRefusedObjects.mock.calls.map(([error]) => error as unknown)).toEqual([nameless]);
  });

  it('are printed where nobody asked for them', () => {
    const print = vi.spyOn(console, 'error').mockReturnValue();
    onTestFinished(() => print.mockRestore());
    played({});
    expect(print.mock.calls).toEqual([[nameless]]);
  });

  it('do not keep out the others where the handler throws', async () => {
    const onRefusedObjects = (): void => {
      throw new Error('broken');
    };
    let lines: string[] = [];
    expect(await reported(() => (lines = played({ onRefusedObjects })))).toEqual([new Error('broken')]);
    expect(lines).toEqual(['0: default/a, left out 2: v1/pods: it has no name']);
  });

  it('change nothing of what holds the others', () => {
    const store = makeStore<KubernetesObject>();
    const queue = realFifo<KubernetesObject>();
    for (const sink of [store, queue]) {
      sink.next({ type: 'Replaced', objects: [buildObject('default/a', '4')], resourceVersion: '5' });
      sink.next({ type: 'Refused', error: nameless, count: 1 });
    }
    expect(store.listKeys()).toEqual(['default/a']);
    expect(store.snapshot$.value).toMatchObject({ synced: true, resourceVersion: '5' });
    expect(queue.size).toBe(1);
  });
});
