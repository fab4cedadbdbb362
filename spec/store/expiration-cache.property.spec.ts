import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expirationCache } from 'kuberx/store';
import { names, type Pod, pod } from './pods.ts';

const ttl = 10;
const name = fc.constantFrom('a', 'b', 'c', '__proto__');
// Without versions and uids, so that every write counts and the model has no rules but those of time.
const bare = (of: string): Pod => pod(of, { uid: '' });

type Step =
  | { readonly verb: 'add' | 'update' | 'delete' | 'get'; readonly name: string }
  | { readonly verb: 'replace' | 'transaction'; readonly names: readonly string[] }
  | { readonly verb: 'list' | 'expire' }
  | { readonly verb: 'wait'; readonly time: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ verb: fc.constantFrom('add', 'update', 'delete', 'get'), name }) },
  {
    weight: 2,
    arbitrary: fc.record({ verb: fc.constantFrom('replace', 'transaction'), names: fc.array(name, { maxLength: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ verb: fc.constantFrom('list', 'expire') }) },
  // Backwards too: a clock may be set back.
  { weight: 4, arbitrary: fc.record({ verb: fc.constant('wait' as const), time: fc.integer({ min: -3, max: 8 }) }) },
);

describe('an ExpirationCache over random histories', () => {
  it('gives just what was written within the time to live, and its commits add up to what it holds', () => {
    let [expired, lazy] = [0, 0];
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        let now = 100;
        const cache = expirationCache<Pod>({ ttl, scheduler: { now: () => now } });
        const held = new Set<string>();
        cache.commits$.subscribe(({ events }) => {
          for (const { type, object } of events) {
            if (type === 'deleted') held.delete(object.metadata.name);
            else held.add(object.metadata.name);
          }
        });
        const deadlines = new Map<string, number>();
        const renew = (of: string): unknown => deadlines.set(of, now + ttl);
        /** What is found to have expired is gone for good, also for a clock that is set back. */
        const alive = (of: string): boolean => {
          if ((deadlines.get(of) ?? -Infinity) >= now) return true;
          if (deadlines.delete(of)) expired++;
          return false;
        };
        for (const each of steps) {
          switch (each.verb) {
            case 'add':
            case 'update':
              cache[each.verb](bare(each.name));
              renew(each.name);
              break;
            case 'delete':
              cache.delete(bare(each.name));
              deadlines.delete(each.name);
              break;
            case 'get':
              expect(cache.get(bare(each.name))?.metadata.name).toBe(alive(each.name) ? each.name : undefined);
              break;
            case 'replace':
              cache.replace(each.names.map(bare), '');
              deadlines.clear();
              each.names.forEach(renew);
              break;
            case 'transaction':
              cache.transaction(each.names.map((of) => ({ type: 'Added', object: bare(of) })));
              each.names.forEach(renew);
              break;
            case 'list':
              expect(names(cache.list())).toEqual([...deadlines.keys()].filter(alive).sort());
              break;
            case 'expire':
              cache.expire();
              expect(cache.snapshot$.value.size).toBe([...deadlines.keys()].filter(alive).length);
              break;
            case 'wait':
              now += each.time;
          }
          const keys = new Set(cache.listKeys());
          expect(keys).toEqual(new Set([...deadlines.keys()].map((of) => `default/${of}`)));
          expect(new Set([...held].map((of) => `default/${of}`))).toEqual(keys);
          if ([...deadlines.values()].some((deadline) => deadline < now)) lazy++;
        }
      }),
      { numRuns: 300 },
    );
    expect(Math.min(expired, lazy)).toBeGreaterThan(50);
  });
});
