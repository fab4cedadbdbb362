import { describe, expect, it } from 'vitest';
import { IdTokenFault, isFresh } from '#src/kubeconfig/login/id-token.ts';

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
const token = (claims: string): string => `${encoded('{}')}.${encoded(claims)}.c2ln`;

describe('isFresh', () => {
  it.each([
    [89_999, true],
    [90_000, false],
    [100_000, false],
  ])('counts a token until 10 s before its end: at %i ms', (now, fresh) => {
    expect(isFresh(token('{"exp":100}'), now)).toBe(fresh);
  });

  it.each(['{}', '{"exp":"100"}', '{"exp":null}'])('takes one without an end for old: %s', (claims) => {
    expect(isFresh(token(claims), 0)).toBe(false);
  });

  it.each(['', 'one', 'a.b', 'a.b.c.d', token('7'), token('{'), token('null')])(
    'refuses what is not a JWT: %s',
    (text) => {
      expect(() => isFresh(text, 0)).toThrow(IdTokenFault);
    },
  );
});
