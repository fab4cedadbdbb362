import { describe, expect, it } from 'vitest';
import { SelectorError } from 'kuberx';
import type { Pod } from '../../../examples/react-pod-table/src/columns.ts';
import { filterOf } from '../../../examples/react-pod-table/src/filter.ts';

function pod(namespace: string, name: string, labels: Readonly<Record<string, string>> = {}): Pod {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name, labels, uid: name, resourceVersion: '1' } };
}

const pods = [
  pod('shop', 'web-1', { app: 'web', tier: 'front' }),
  pod('shop', 'web-canary-1', { app: 'web', tier: 'canary' }),
  pod('my-shop', 'cache-0', { app: 'cache' }),
  pod('media', 'bare'),
];
const found = (text: string): string[] => pods.filter(filterOf(text)).map(({ metadata }) => metadata.name);

describe('filterOf', () => {
  it.each([
    ['', ['web-1', 'web-canary-1', 'cache-0', 'bare']],
    ['   ', ['web-1', 'web-canary-1', 'cache-0', 'bare']],
    ['web', ['web-1', 'web-canary-1']],
    ['WEB-C', ['web-canary-1']],
    ['web !canary', ['web-1']],
    ['!web !cache', ['bare']],
    ['web !', ['web-1', 'web-canary-1']],
    ['1 canary', ['web-canary-1']],
    ['shop', ['web-1', 'web-canary-1', 'cache-0']],
    ['/shop/', ['web-1', 'web-canary-1']],
    ['-l app=web', ['web-1', 'web-canary-1']],
    ['-l tier!=canary, app', ['web-1', 'cache-0']],
    ['-1 -l app in (web, cache)', ['web-1', 'web-canary-1']],
    ['web -l', ['web-1', 'web-canary-1']],
    ['web-l', []],
    ['.*', []],
  ])('finds by "%s" %j', (text, names) => {
    expect(found(text)).toEqual(names);
  });

  it('refuses labels that it does not understand', () => {
    expect(() => filterOf('web -l app in (')).toThrow(SelectorError);
  });
});
