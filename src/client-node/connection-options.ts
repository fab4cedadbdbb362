/** The deadlines of connections, in milliseconds. The defaults are client-go's where it has one. */
export interface ConnectionOptions {
  /** How long a request waits for its connection, TLS included. Default 30 s. */
  readonly connectTimeout?: number | undefined;
  /** HTTP/2: how long a connection with requests may be silent before it is asked for a sign of life. Default 30 s. */
  readonly pingAfter?: number | undefined;
  /** HTTP/2: how long that sign may take; then all requests of the connection fail with Idle. Default 15 s. */
  readonly pingTimeout?: number | undefined;
  /**
   * HTTP/1.1: how long a request may be silent before it fails with Idle. Default 90 s: above the 60 s that a server
   * grants a plain request, and the minute between two bookmarks.
   */
  readonly silenceTimeout?: number | undefined;
  /** How long a connection without requests is kept. It never keeps the process alive. Default 90 s. */
  readonly idleTimeout?: number | undefined;
}

/** {@link ConnectionOptions} with every deadline. */
export type Deadlines = { readonly [Name in keyof ConnectionOptions]-?: number };

/** Fills in the defaults. */
export function deadlines(options: ConnectionOptions): Deadlines {
  return {
    connectTimeout: options.connectTimeout ?? 30_000,
    pingAfter: options.pingAfter ?? 30_000,
    pingTimeout: options.pingTimeout ?? 15_000,
    silenceTimeout: options.silenceTimeout ?? 90_000,
    idleTimeout: options.idleTimeout ?? 90_000,
  };
}

/** After how many milliseconds of silence TCP probes the other side, as client-go has it. */
export const tcpKeepAlive = 30_000;
