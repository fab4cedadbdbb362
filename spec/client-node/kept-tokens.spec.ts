import type { User } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { keptTokens } from '#src/client-node/kept-tokens.ts';

const of = (config?: object): User => ({ name: 'u', authProvider: { name: 'oidc', config } });
const renewed = { 'id-token': 'new', 'refresh-token': 'newer', 'client-secret': 'other' };

describe('keptTokens', () => {
  it('changes the tokens of the user alone', async () => {
    const config = { 'id-token': 'old', 'refresh-token': 'older', 'client-secret': 'kept' };
    const store = keptTokens(of(config));
    expect(await store.write(renewed)).toBe(true);
    expect(config).toEqual({ 'id-token': 'new', 'refresh-token': 'newer', 'client-secret': 'kept' });
    expect(await store.read()).toBe(config);
  });

  it.each([
    ['is not there', undefined],
    ['is frozen', Object.freeze({ 'id-token': 'old' })],
  ])('says that it has not kept them, where the config %s', async (_, config) =>
    expect(await keptTokens(of(config)).write(renewed)).toBe(false),
  );

  it('reads nothing of a user that is gone', async () => {
    expect(await keptTokens(null).read()).toBeUndefined();
  });
});
