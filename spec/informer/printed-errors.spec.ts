import { concat, NEVER } from 'rxjs';
import { afterEach, expect, it, vi } from 'vitest';
import { type KubernetesObject, store as makeStore } from 'kuberx';
import { added, buildObject, initialEventsEnd, modified, open } from 'kuberx/testing';
import { play } from './scene.ts';

const count = 250;
const keys = Array.from({ length: count }, (_, index) => `default/p${index}`);
const list = [open, ...keys.map((key) => added(buildObject(key, '1'))), initialEventsEnd('5')];
const changes = keys.map((key) => modified(buildObject(key, '6')));

const fail = (): never => {
  throw new Error('a fault of its own');
};

afterEach(() => vi.restoreAllMocks());

/** What is printed while this runs, each as one text; an error in full is its object. */
function printed(run: () => void): unknown[] {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  run();
  return error.mock.calls.map(([text]) => text as unknown);
}

it('prints the first error of an index function, and then a count, however many objects come', () => {
  const store = makeStore<KubernetesObject, 'a' | 'b'>({ indexers: { a: fail, b: fail } });
  const lines = printed(() =>
    keys.forEach((key) => store.transaction([{ type: 'Added', object: buildObject(key, '1') }])),
  );
  expect(lines).toEqual([
    expect.objectContaining({ index: 'a' }),
    expect.objectContaining({ index: 'b' }),
    expect.stringContaining('10 errors of this kind so far; the last is StoreError: the function of index a threw'),
    expect.stringContaining('10 errors of this kind so far; the last is StoreError: the function of index b threw'),
    expect.stringContaining('100 errors'),
    expect.stringContaining('100 errors'),
  ]);
});

it.each([
  ['a transform', { transform: fail }, 'TransformError'],
  ['an index function', { indexers: { uid: fail } }, 'StoreError'],
])('prints the first error of %s of an informer, and then a count', (_, options, name) => {
  const lines = printed(() => {
    play(
      [{ watch: concat(list, changes, NEVER) }],
      ({ informer, at }) => {
        const held = informer.connect();
        at(5, () => held.unsubscribe());
      },
      options,
    );
  });
  expect(lines[0]).toMatchObject({ name });
  expect(lines.slice(1).filter((line) => typeof line !== 'string')).toEqual([]);
  expect(lines.length).toBeLessThanOrEqual(3);
});
