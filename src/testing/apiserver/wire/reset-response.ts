import type { ServerResponse } from 'node:http';
import { constants, Http2ServerResponse } from 'node:http2';
import { resetSocket } from './reset-socket.ts';

/** Breaks off a response: over HTTP/2 its stream alone, otherwise the connection. */
export function resetResponse(response: ServerResponse | Http2ServerResponse): void {
  if (response instanceof Http2ServerResponse) response.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  else resetSocket(response.socket);
}
