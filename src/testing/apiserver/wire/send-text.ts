import type { ServerResponse } from 'node:http';
import { Http2ServerResponse } from 'node:http2';
import type { TextReply } from '../requests/api-reply.ts';
import { SlicedText } from './sliced-text.ts';

/** Sends a reply. Slices are drawn as the client reads them, and other work gets its turn in between. */
export function sendText(response: ServerResponse, reply: TextReply): void {
  const { code, body } = reply;
  const headers = response instanceof Http2ServerResponse ? withoutConnection(reply.headers) : reply.headers;
  if (typeof body === 'string') {
    const length = Buffer.byteLength(body);
    response.writeHead(code, { ...headers, 'Content-Length': length });
    // Node copies what is ASCII into a packet at once if it is told so; other text it measures and converts once more. It writes
    // the headers in the encoding of the text, and they are bytes.
    if (length === body.length) response.end(body, 'latin1');
    else response.end(Buffer.from(body));
    return;
  }
  response.writeHead(code, headers);
  const slices = new SlicedText();
  slices.push(body);
  const proceed = (): void => {
    const slice = slices.next();
    if (slice === '') response.end();
    // A write that the system takes at once drains within this turn.
    else if (response.write(slice)) setImmediate(proceed);
    else response.once('drain', () => setImmediate(proceed));
  };
  proceed();
}

/** Headers that are about the connection, which HTTP/2 does not have. Source: RFC 9113, 8.2.2. */
const ofConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);

function withoutConnection(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.has(name.toLowerCase())));
}
