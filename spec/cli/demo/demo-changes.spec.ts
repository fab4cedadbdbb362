import { describe, expect, it } from 'vitest';
import { metaNamespaceKey } from 'kuberx';
import { demoChanges, initialStage, type DemoChange } from '../../../cli/demo/demo-changes.ts';
import { demoNamespaces, demoPod, type DemoPod } from '../../../cli/demo/demo-pod.ts';

const pods = (count: number): DemoPod[] =>
  Array.from({ length: count }, (_, index) => demoPod(index, initialStage(index)));
const phaseOf = (pod: DemoPod): unknown => pod.status['phase'];

function take(count: number, changes: number): DemoChange[] {
  const source = demoChanges(count);
  return Array.from({ length: changes }, () => source.next().value);
}

describe('demo', () => {
  it('has pods under names of their own, in ten namespaces', () => {
    const all = pods(20_000);
    expect(new Set(all.map(metaNamespaceKey)).size).toBe(all.length);
    expect(new Set(all.map(({ metadata }) => metadata.namespace))).toEqual(new Set(demoNamespaces));
    expect(demoNamespaces).toHaveLength(10);
    const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
    expect(all.filter(({ metadata }) => !label.test(metadata.name))).toEqual([]);
    expect(new Set(pods(1000).map(phaseOf))).toEqual(new Set(['Running', 'Pending', 'Succeeded', 'Failed']));
  });

  it('always does the same', () => {
    expect(take(100, 500)).toEqual(take(100, 500));
    expect(pods(50)).toEqual(pods(50));
  });

  it.each([0, 1, 2, 10, 1000])('makes changes that are possible and seen, and keeps %d pods', (count) => {
    const state = new Map(pods(count).map((pod) => [metaNamespaceKey(pod), JSON.stringify(pod)]));
    for (const { verb, pod } of take(count, 5000)) {
      const key = metaNamespaceKey(pod);
      expect(state.has(key)).toBe(verb !== 'create');
      const text = JSON.stringify(pod);
      if (verb === 'update') expect(text).not.toBe(state.get(key));
      if (verb === 'delete') state.delete(key);
      else state.set(key, text);
      expect(Math.abs(state.size - count)).toBeLessThanOrEqual(1);
    }
  });

  it('lets new pods get a node and run', () => {
    const history = Map.groupBy(take(1000, 5000), ({ pod }) => metaNamespaceKey(pod));
    const lives = [...history.values()]
      .filter(([first]) => first?.verb === 'create')
      .map((changes) =>
        changes.map(({ pod }) => `${String(phaseOf(pod))} ${'nodeName' in pod.spec ? 'placed' : 'waiting'}`),
      );
    expect(lives.length).toBeGreaterThan(100);
    const placed = lives.filter(
      ([a, b, c]) => a === 'Pending waiting' && b === 'Pending placed' && c === 'Running placed',
    );
    expect(placed.length).toBeGreaterThan(lives.length / 2);
  });
});
