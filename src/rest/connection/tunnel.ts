import type { Socket } from 'node:net';
import type { SentHeaders } from './sent-request.ts';

/** A way through a proxy. */
export interface Tunnel {
  /** The proxy, as errors name it: `http://10.0.0.1:3128`, without its credentials. */
  readonly name: string;
  /** Equal keys may share connections. It may hold credentials. */
  readonly key: string;
  /**
   * A connection to a server, through the proxy. Rejects with a `TunnelFailure`, also once the signal is aborted.
   */
  readonly connect: (host: string, port: number, signal: AbortSignal) => Promise<Socket>;
  /** How the proxy takes requests for a server of plain http. Undefined where they go through a connection as well. */
  readonly forward?:
    { readonly connect: (signal: AbortSignal) => Promise<Socket>; readonly headers: SentHeaders } | undefined;
}

/** A proxy could not be gone through. The message continues `the proxy http://10.0.0.1:3128 `, without credentials. */
export class TunnelFailure extends Error {
  /** The system's word for it. */
  readonly code: string | undefined;

  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TunnelFailure';
    const { code } = (cause ?? {}) as NodeJS.ErrnoException;
    this.code = typeof code === 'string' ? code : undefined;
  }
}

/** A proxy, as errors name it. */
export function nameOfProxy({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}
