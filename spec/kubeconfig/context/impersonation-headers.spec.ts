import { describe, expect, it } from 'vitest';
import { impersonationHeaders } from '#src/kubeconfig/context/impersonation-headers.ts';

describe('impersonationHeaders', () => {
  it('has a line for each group and each value of an extra', () => {
    const user = { as: 'a', 'as-uid': 'b', 'as-groups': ['c', 'd'], 'as-user-extra': { E: ['f', 'g'], h: [] } };
    expect(impersonationHeaders('u', user)).toEqual({
      'impersonate-user': 'a',
      'impersonate-uid': 'b',
      'impersonate-group': ['c', 'd'],
      'impersonate-extra-e': ['f', 'g'],
    });
  });

  it('escapes what no name of a header can have, and what escapes', () => {
    const user = { as: 'a', 'as-user-extra': { 'example.com/ü 1%': ['b'] } };
    expect(Object.keys(impersonationHeaders('u', user))[1]).toBe('impersonate-extra-example.com%2f%c3%bc%201%25');
  });

  it('sends letters as the bytes that they are in UTF-8', () => {
    const header = impersonationHeaders('u', { as: 'ü東' })['impersonate-user'];
    expect(Buffer.from(String(header), 'latin1').toString()).toBe('ü東');
  });

  it('has nothing for who acts as nobody', () => {
    expect(impersonationHeaders('u', { token: 'a', 'as-groups': [] })).toEqual({});
  });

  it.each([
    { 'as-groups': ['a'] },
    { 'as-uid': 'a' },
    { 'as-user-extra': { a: [] } },
    { as: 'a\r\nb: c' },
    { as: ' a' },
    { as: 'a', 'as-groups': ['b\n'] },
  ])('refuses %o', (user) => {
    expect(() => impersonationHeaders('u', user)).toThrow(expect.objectContaining({ reason: 'Impersonation' }));
  });
});
