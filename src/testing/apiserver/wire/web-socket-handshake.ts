import type { IncomingHttpHeaders } from 'node:http';
import { plainReply, type TextReply } from '../requests/api-reply.ts';

/**
 * Why a WebSocket is refused though the watch would be served, with the codes of a kube-apiserver; `undefined`: it is
 * opened. `protocols`: the subprotocols without a token; a kube-apiserver takes any, but cannot choose.
 */
export function handshakeRefusal(headers: IncomingHttpHeaders, protocols: readonly string[]): TextReply | undefined {
  if (headers['sec-websocket-version'] !== '13') {
    return plainReply(400, 'missing or bad WebSocket Version', { 'Sec-WebSocket-Version': '13' });
  }
  if (!/^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '')) {
    return plainReply(400, 'mismatch challenge/response');
  }
  if (headers.origin === undefined) {
    return plainReply(403, 'a WebSocket is opened for requests with an Origin header only, as by a kube-apiserver');
  }
  if (protocols.length > 1) {
    return plainReply(
      400,
      `a WebSocket has one subprotocol, as by a kube-apiserver, and ${protocols.length} are offered`,
    );
  }
  return undefined;
}
