import type { IncomingMessage, ServerResponse } from 'node:http';

/** This machine, on any port. Other names that Vite lets in may lead here from a page of another site. */
const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Answers a request that a page of another site may have sent with 403, and returns whether it did. The proxy may lead
 * to a `kubectl proxy`, which has the user's permissions and asks for no identity.
 */
export function refuseForeign({ headers }: IncomingMessage, response: ServerResponse): boolean {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  const isOwn = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  if (loopback.test(host) && isOwn && site !== 'cross-site') return false;
  response.writeHead(403, { 'Content-Type': 'text/plain' }).end('Only the page of this server may ask for that.\n');
  return true;
}
