import { describe, expect, it } from 'vitest';
import { askedHeaders } from '#src/transport/request/asked-headers.ts';

describe('askedHeaders', () => {
  it('returns what the function gives, by names in lower case', () => {
    expect(askedHeaders('v1/pods', undefined)).toEqual({});
    expect(askedHeaders('v1/pods', () => ({ Authorization: 'Bearer a' }))).toEqual({ authorization: 'Bearer a' });
    expect(askedHeaders('v1/pods', () => new Headers({ X: 'b' }))).toEqual({ x: 'b' });
  });

  it.each([
    [() => Promise.resolve({}), 'a promise'],
    [() => ({ authorization: 5 }), 'not a string'],
    [() => ({ authorization: 'secret\n' + 'x' }), 'no header can have'],
  ])('refuses invalid headers, and quotes none of them', (headers, words) => {
    expect(() => askedHeaders('v1/pods', headers as never)).toThrow(words);
    expect(() => askedHeaders('v1/pods', headers as never)).not.toThrow('secret');
  });
});
