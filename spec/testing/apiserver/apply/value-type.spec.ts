import { describe, expect, it } from 'vitest';
import { anyValue } from '#src/testing/apiserver/apply/value-type.ts';

describe('anyValue', () => {
  it('knows nothing of what is in it', () => {
    expect(anyValue.member('a')).toBe(anyValue);
    expect(anyValue.item()).toBe(anyValue);
    expect(anyValue).not.toHaveProperty('list');
  });
});
