import { describe, expect, it } from 'vitest';
import { isWebSocket, offeredProtocols } from '#src/testing/apiserver/requests/bearer-protocol.ts';

const prefix = 'base64url.bearer.authorization.k8s.io.';
const of = (text: string) => offeredProtocols({ 'sec-websocket-protocol': text });

describe('isWebSocket', () => {
  it.each([
    ['Upgrade', 'websocket', true],
    ['keep-alive, Upgrade', 'WebSocket', true],
    ['keep-alive', 'websocket', false],
    ['Upgrade', 'h2c', false],
    ['not-upgrade', 'websocket', false],
  ])('reads Connection: %s, Upgrade: %s', (connection, upgrade, expected) => {
    expect(isWebSocket({ connection, upgrade })).toBe(expected);
  });
});

describe('offeredProtocols', () => {
  it('reads a token, and what is beside it', () => {
    expect(of(`${prefix}c2VjcmV0, foo`)).toEqual({ token: 'secret', others: ['foo'], isMalformed: false });
    expect(of('foo,bar')).toEqual({ token: undefined, others: ['foo', 'bar'], isMalformed: false });
    expect(offeredProtocols({})).toEqual({ token: undefined, others: [], isMalformed: false });
  });

  it.each([
    ['a token alone', `${prefix}c2VjcmV0`],
    ['two tokens', `${prefix}c2VjcmV0,${prefix}c2VjcmV0,foo`],
    ['other characters', `${prefix}c2Vj+cmV0,foo`],
    ['padding', `${prefix}c2VjcmU=,foo`],
    ['bytes that are no text', `${prefix}gIA,foo`],
    ['a character too few', `${prefix}c,foo`],
  ])('finds %s malformed', (_, text) => {
    expect(of(text)).toMatchObject({ token: undefined, isMalformed: true });
  });
});
