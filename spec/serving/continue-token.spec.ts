import { describe, expect, it } from 'vitest';
import { decodeContinueToken, encodeContinueToken } from '#src/serving/continue-token.ts';

const encoded = (json: string) => Buffer.from(json).toString('base64url');

describe('continue tokens', () => {
  it('are what a kube-apiserver makes', () => {
    expect(encodeContinueToken({ version: -1n, start: 'ev2\u0000' })).toBe(
      'eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTEsInN0YXJ0IjoiZXYyXHUwMDAwIn0',
    );
    expect(encodeContinueToken({ version: 105n, start: '/cm-11\u0000' })).toBe(
      encoded(String.raw`{"v":"meta.k8s.io/v1","rv":105,"start":"/cm-11\u0000"}`),
    );
  });

  it.each([105n, -1n, 2n ** 100n])('can be read back at version %s, with or without the slash', (version) => {
    for (const start of ['ns/ä-1\u0000', '/ns/ä-1\u0000']) {
      expect(decodeContinueToken(encodeContinueToken({ version, start }))).toEqual({ version, start: 'ns/ä-1\u0000' });
    }
  });

  it.each([
    ['abc!', 'continue key is not valid: illegal base64 data at input byte 3'],
    ['abcde', 'continue key is not valid: illegal base64 data at input byte 4'],
    [encoded('{'), 'continue key is not valid'],
    [encoded('[]'), 'continue key is not valid: server does not recognize this encoded version'],
    [encoded('{"v":"v2"}'), 'continue key is not valid: server does not recognize this encoded version v2'],
    [
      encoded('{"v":"meta.k8s.io/v1","start":"a"}'),
      'continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)',
    ],
    [
      encoded('{"v":"meta.k8s.io/v1","rv":1}'),
      'continue key is not valid: encoded start key empty (version meta.k8s.io/v1)',
    ],
    [encoded('{"v":"meta.k8s.io/v1","rv":1,"start":"../a"}'), 'continue key is not valid: ../a'],
  ])('are refused: %s', (token, message) => {
    expect(() => decodeContinueToken(token)).toThrow(message);
  });
});
