import type { IncomingHttpHeaders } from 'node:http';

/** Whom a server answers beside its own machine. */
export interface Guests {
  /** Names of hosts, with any port: `kuberx.test`. */
  readonly hosts?: readonly string[];
  /** As browsers send them: `http://localhost:5173`. */
  readonly origins?: readonly string[];
}

/** What loopback is called. A name server may lead any other name here, and with it the pages of its site. */
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** @throws TypeError for what can be no host's name, or no origin. */
export function checkGuests({ hosts = [], origins = [] }: Guests): void {
  for (const host of hosts) {
    if (hostName(host) === host.toLowerCase() && host !== '') continue;
    throw new TypeError(`invalid host ${JSON.stringify(host)}: expected a name or an address without a port`);
  }
  for (const origin of origins) {
    if (parsed(origin)?.origin === origin) continue;
    const example = 'http://localhost:5173';
    throw new TypeError(`invalid origin ${JSON.stringify(origin)}: expected scheme, host and port, such as ${example}`);
  }
}

/**
 * Why a request is not answered: a page of another site may have sent it, or reads here under a name of its own.
 * `undefined`: it is answered.
 *
 * Foreign are: a `Host` other than `localhost`, `127.0.0.1` and `[::1]`, which any port may follow; an `Origin` that is
 * `null`, or whose host and port are not those of `Host`; a `Sec-Fetch-Site` that is `cross-site`. A guest's are not.
 * Programs other than browsers send neither of the last two.
 */
export function foreignRequest(headers: IncomingHttpHeaders, { hosts = [], origins = [] }: Guests): string | undefined {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  const name = hostName(host) ?? '';
  if (!loopbackHosts.includes(name) && !hosts.some((each) => each.toLowerCase() === name)) {
    return 'the request names a foreign host; the option "hosts" of the server admits more than localhost';
  }
  if (origin !== undefined && origins.includes(origin)) return undefined;
  const sender = origin === undefined ? undefined : parsed(origin);
  const isOwn = sender !== undefined && sender.host === parsed(`${sender.protocol}//${host}`)?.host;
  if ((origin !== undefined && !isOwn) || site === 'cross-site') {
    return 'the request comes from a page of a foreign origin; the option "origins" of the server admits it';
  }
  return undefined;
}

/** The name in a `Host` header, in lower case. */
function hostName(host: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[^:/?#@\s]*)(?::\d*)?$/.exec(host.toLowerCase())?.[1];
}

function parsed(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
