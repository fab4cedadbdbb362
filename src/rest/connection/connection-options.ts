import { checkedPeriod, firstHop } from '../../streams/time/period.ts';

/**
 * The deadlines of requests and their connections, in milliseconds from 0 on; `Infinity` for never, which is 24 days
 * here. The defaults are client-go's, except where it has none.
 */
export interface ConnectionOptions {
  /**
   * The time that a request waits for its credentials: for files, a credential plugin, or another step of a kubeconfig.
   * After it the request fails with Credentials, and a plugin that no other request waits for is killed. A plugin in
   * which a person logs in may need more. Default 60 s, the time that a server grants a plain request; client-go has no
   * limit.
   */
  readonly credentialsTimeout?: number | undefined;
  /**
   * The time that a request waits for its connection, with its handshake. Default 30 s. Source: the dialer of
   * client-go's transport.
   */
  readonly connectTimeout?: number | undefined;
  /**
   * The time that the handshake of an open connection may take: TLS, and over HTTP/2 the first frame of the server.
   * Default 10 s. Source: TLSHandshakeTimeout of client-go's transport. The head of a response has no deadline of its
   * own, as in client-go: a stream may be silent for long, and the next deadlines find a dead connection.
   */
  readonly handshakeTimeout?: number | undefined;
  /**
   * HTTP/2: the time that a connection with requests may be silent before it is asked for a sign of life. Default 30 s.
   */
  readonly pingAfter?: number | undefined;
  /** HTTP/2: the time that this sign may take. After it all requests of the connection fail with Idle. Default 15 s. */
  readonly pingTimeout?: number | undefined;
  /**
   * HTTP/1.1: the time that a request may be silent before it fails with Idle. Default 90 s: longer than the 60 s that
   * a server grants a plain request, and than the minute between two bookmarks.
   */
  readonly silenceTimeout?: number | undefined;
  /** The time that a connection without requests is kept. It never keeps the process alive. Default 90 s. */
  readonly idleTimeout?: number | undefined;
}

/** {@link ConnectionOptions} with every deadline. */
export type Deadlines = { readonly [Name in keyof ConnectionOptions]-?: number };

/**
 * Fills in the defaults. Throws a RangeError that names a deadline out of range, and a TypeError that names an unknown
 * deadline.
 */
export function deadlines(options: ConnectionOptions): Deadlines {
  const deadline = (name: keyof ConnectionOptions, usual: number): number =>
    firstHop(checkedPeriod(name, options[name] ?? usual));
  const all: Deadlines = {
    credentialsTimeout: deadline('credentialsTimeout', 60_000),
    connectTimeout: deadline('connectTimeout', 30_000),
    handshakeTimeout: deadline('handshakeTimeout', 10_000),
    pingAfter: deadline('pingAfter', 30_000),
    pingTimeout: deadline('pingTimeout', 15_000),
    silenceTimeout: deadline('silenceTimeout', 90_000),
    idleTimeout: deadline('idleTimeout', 90_000),
  };
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(all, name));
  if (unknown === undefined) return all;
  throw new TypeError(`${unknown} is not a deadline of a connection; it has ${Object.keys(all).join(', ')}.`);
}

/** The silence in milliseconds after which TCP probes the other side, as in client-go. */
export const tcpKeepAlive = 30_000;
