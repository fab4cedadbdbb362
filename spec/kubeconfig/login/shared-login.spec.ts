import { describe, expect, it } from 'vitest';
import type { Login } from '#src/kubeconfig/login/login.ts';
import { type SharedLogins, sharedLogin } from '#src/kubeconfig/login/shared-login.ts';

const made = (): Login => ({ read: () => Promise.resolve({}) });

describe('sharedLogin', () => {
  it('keeps a login by its key, as long as its definition is the same', () => {
    const logins: SharedLogins = new Map();
    const first = sharedLogin(logins, ['exec', 'u'], { command: 'a' }, made);
    expect(sharedLogin(logins, ['exec', 'u'], { command: 'a' }, made)).toBe(first);
    expect(sharedLogin(logins, ['exec', 'v'], { command: 'a' }, made)).not.toBe(first);
    const other = sharedLogin(logins, ['exec', 'u'], { command: 'b' }, made);
    expect(other).not.toBe(first);
    expect(sharedLogin(logins, ['exec', 'u'], { command: 'b' }, made)).toBe(other);
    expect(logins.size).toBe(2);
  });
});
