import { describe, expect, it } from 'vitest';
import { socketProtocols } from '#src/http/page/socket-protocols.ts';

const json = { accept: 'application/json' };

describe('socketProtocols', () => {
  it('needs none where there is nothing to say', () => {
    expect(socketProtocols(json)).toEqual([]);
    expect(socketProtocols({ 'user-agent': 'page', 'Accept-Language': 'de' })).toEqual([]);
  });

  it('says a bearer token as Kubernetes has it: base64url without padding, beside another subprotocol', () => {
    const [first = '', second] = socketProtocols({ ...json, Authorization: 'Bearer a~/?>ü' }) ?? [];
    expect(second).toBe('base64.binary.k8s.io');
    const encoded = first.replace('base64url.bearer.authorization.k8s.io.', '');
    expect(encoded).toMatch(/^[\w-]+$/);
    expect(Buffer.from(encoded, 'base64url').toString()).toBe('a~/?>ü');
  });

  it.each([
    ['another form of objects', { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }],
    ['an impersonated user', { ...json, 'impersonate-user': 'alice' }],
    ['a password', { authorization: 'Basic YTpi' }],
    ['a token against forgery', { authorization: 'Bearer a', 'X-CSRF-Token': 'b' }],
  ])('cannot say %s, and drops nothing', (_what, headers) => {
    expect(socketProtocols(headers)).toBeUndefined();
  });
});
