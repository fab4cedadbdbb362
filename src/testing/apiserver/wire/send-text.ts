import type { ServerResponse } from 'node:http';
import type { TextReply } from '../requests/api-reply.ts';
import { SlicedText } from './sliced-text.ts';

/** Sends a reply. Slices are drawn as the client reads them, and other work gets its turn in between. */
export function sendText(response: ServerResponse, { code, headers, body }: TextReply): void {
  if (typeof body === 'string') {
    response.writeHead(code, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
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
