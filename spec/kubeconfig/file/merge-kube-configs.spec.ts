import { describe, expect, it } from 'vitest';
import type { KubeConfigEntries } from 'kuberx/kubeconfig';
import { mergeKubeConfigs } from '#src/kubeconfig/file/merge-kube-configs.ts';

const file = (name: string, entries: readonly string[], currentContext?: string): KubeConfigEntries => ({
  clusters: new Map(entries.map((entry) => [entry, { server: `${name}/${entry}` }])),
  users: new Map(entries.map((entry) => [entry, { token: `${name}/${entry}` }])),
  contexts: new Map(entries.map((entry) => [entry, { cluster: `${name}/${entry}` }])),
  currentContext,
});

describe('mergeKubeConfigs', () => {
  it('takes each entry whole from the first file that has it, in the order of the files', () => {
    const merged = mergeKubeConfigs([file('one', ['a', 'b']), file('two', ['b', 'c'])]);
    expect([...merged.clusters.values()].map(({ server }) => server)).toEqual(['one/a', 'one/b', 'two/c']);
    expect([...merged.users.values()].map(({ token }) => token)).toEqual(['one/a', 'one/b', 'two/c']);
    expect([...merged.contexts.values()].map(({ cluster }) => cluster)).toEqual(['one/a', 'one/b', 'two/c']);
  });

  it('takes the current context of the first file that chooses one', () => {
    const files = [file('one', []), file('two', [], 'b'), file('three', [], 'c')];
    expect(mergeKubeConfigs(files).currentContext).toBe('b');
    expect(mergeKubeConfigs([file('one', [])]).currentContext).toBeUndefined();
  });

  it('has nothing of no file', () => {
    expect(mergeKubeConfigs([])).toEqual(file('none', []));
  });
});
