import { describe, expect, it } from 'vitest';
import { identityOf } from '#src/react/identity-of.ts';

describe('identityOf', () => {
  it('tells functions and objects apart, and knows each again', () => {
    const one = (): void => undefined;
    const other = (): void => undefined;
    expect(identityOf(one)).toBe(identityOf(one));
    expect(identityOf(one)).not.toBe(identityOf(other));
    expect(identityOf({})).not.toBe(identityOf({}));
  });

  it('takes equal primitives for the same, and none for another of a different type', () => {
    const texts = [undefined, null, 1, '1', true, 'true', 'undefined', '#1'].map(identityOf);
    expect(new Set(texts).size).toBe(texts.length);
    expect(identityOf('app=web')).toBe(identityOf('app=web'));
  });
});
