import type { IncomingMessage, ServerResponse } from 'node:http';

/** This machine, whatever the port. What Vite lets in beside it may lead here from a page of another site. */
const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Answers with 403 what a page of another site may have sent, and says whether it did. Behind the proxy may be a
 * `kubectl proxy`, which has the user's permissions and asks nobody who they are.
 */
export function refuseForeign({ headers }: IncomingMessage, response: ServerResponse): boolean {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  const isOwn = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  if (loopback.test(host) && isOwn && site !== 'cross-site') return false;
  response.writeHead(403, { 'Content-Type': 'text/plain' }).end('Only the page of this server may ask for that.\n');
  return true;
}
