import { expect, it } from 'vitest';
import { handshakeRefusal } from '#src/testing/apiserver/wire/web-socket-handshake.ts';

const headers = {
  origin: 'http://localhost',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

it('opens a WebSocket with one subprotocol, or none', () => {
  expect(handshakeRefusal(headers, [])).toBeUndefined();
  expect(handshakeRefusal(headers, ['foo'])).toBeUndefined();
});

it('refuses another version, a key that is none, and a choice', () => {
  const version = handshakeRefusal({ ...headers, 'sec-websocket-version': '12' }, []);
  expect(version).toMatchObject({ code: 400, headers: { 'Sec-WebSocket-Version': '13' } });
  expect(handshakeRefusal({ ...headers, 'sec-websocket-key': 'short' }, [])?.code).toBe(400);
  expect(handshakeRefusal(headers, ['foo', 'bar'])?.code).toBe(400);
});

it('refuses with 403 what has no origin', () => {
  const { origin: _, ...rest } = headers;
  expect(handshakeRefusal(rest, [])?.code).toBe(403);
});
