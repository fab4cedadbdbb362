import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { type KubeFactory, KubeProvider, useKube, useObject } from 'kuberx/react';
import { World, worlds } from './a-world.ts';

const aWorld = worlds(() => new World());

function Count() {
  return useKube('v1/pods').rows.length;
}

function Web() {
  return useObject('v1/pods', 'default/web-0').presence;
}

describe('KubeProvider', () => {
  it('refuses what is not a factory, and says where one comes from', () => {
    const factory = {} as KubeFactory;
    expect(() => renderToString(<KubeProvider factory={factory}>page</KubeProvider>)).toThrow(/informerFactory/);
  });

  it('starts nothing', () => {
    const { server, factory } = aWorld();
    expect(renderToString(<KubeProvider factory={factory}>page</KubeProvider>)).toBe('page');
    expect(server.requests).toEqual([]);
  });
});

describe('a hook without a provider', () => {
  it('throws an error that names the hook and the provider', () => {
    expect(() => renderToString(<Count />)).toThrow(/useKube needs a KubeProvider/);
    expect(() => renderToString(<Web />)).toThrow(/useObject needs a KubeProvider/);
  });
});
