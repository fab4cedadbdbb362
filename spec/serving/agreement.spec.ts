import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { list } from '#src/serving/list.ts';
import { watch } from '#src/serving/watch.ts';
import { ConfigMaps } from './config-maps.ts';

interface Event {
  readonly type: string;
  readonly object: {
    readonly metadata: { readonly name: string; readonly namespace: string; readonly resourceVersion: string };
  };
}

describe('a list and the watch from its version', () => {
  it('add up to a later list, with every selector and from every version', () => {
    const label = fc.constantFrom('x', 'y');
    const write = fc.record({
      key: fc.constantFrom('a/a', 'a/b', 'b/a'),
      app: fc.option(label),
      isRemoval: fc.boolean(),
    });
    const parameters = fc.constantFrom(
      '',
      'labelSelector=app%3Dx',
      'labelSelector=app!%3Dx',
      'labelSelector=!app',
      'fieldSelector=metadata.name%3Da',
      'labelSelector=app&fieldSelector=metadata.namespace!%3Db',
    );
    fc.assert(
      fc.property(
        fc.array(write),
        fc.array(write),
        fc.array(write),
        parameters,
        fc.option(fc.constant('a')),
        (before, missed, live, selectors, namespace) => {
          const maps = new ConfigMaps();
          const apply = ({ key, app, isRemoval }: { key: string; app: string | null; isRemoval: boolean }) => {
            if (!isRemoval) maps.put(key, app === null ? {} : { app });
            else if (maps.cache.get(key)) maps.remove(key);
          };
          const listed = () => {
            const state = new Map<string, string>();
            list(maps.cache, maps.query(selectors, namespace ?? undefined)).subscribe(({ revisions }) => {
              for (const { key, version } of revisions) state.set(key, String(version));
            });
            return state;
          };
          before.forEach(apply);
          const state = listed();
          const from = String(maps.cache.versions.current);
          missed.forEach(apply);
          const query = maps.query(`${selectors}&resourceVersion=${from}`, namespace ?? undefined);
          const subscription = watch(maps.cache, query, { form: 'whole', random: () => 0 }).subscribe((batch) => {
            for (const line of batch) {
              const { type, object } = JSON.parse(line) as Event;
              const key = `${object.metadata.namespace}/${object.metadata.name}`;
              expect(state.has(key)).toBe(type !== 'ADDED');
              if (type === 'DELETED') state.delete(key);
              else state.set(key, object.metadata.resourceVersion);
            }
          });
          live.forEach(apply);
          subscription.unsubscribe();
          expect([...state].sort()).toEqual([...listed()]);
        },
      ),
    );
  });
});
