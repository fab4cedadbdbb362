import type { IncomingMessage } from 'node:http';
import { Http2ServerRequest } from 'node:http2';
import { type PeerCertificate, TLSSocket } from 'node:tls';
import type { ClientIdentity } from '../requests/request-service.ts';

/** What was found out about a connection. `null`: its client has no certificate. */
const identities = new WeakMap<object, ClientIdentity | null>();

/**
 * Who has sent a request, by the certificate of its connection, as a kube-apiserver reads it: the common name is the user,
 * organizations are groups. `undefined` without one; `stranger` for one of another authority.
 */
export function clientIdentity(message: IncomingMessage): ClientIdentity | undefined {
  const connection = message instanceof Http2ServerRequest ? message.stream.session : message.socket;
  if (connection === undefined) return undefined;
  const known = identities.get(connection);
  if (known !== undefined) return known ?? undefined;
  const socket = message instanceof Http2ServerRequest ? message.stream.session?.socket : message.socket;
  // The socket of HTTP/2 stands for the real one, and is not one by its constructor.
  const isSecure = socket instanceof TLSSocket || typeof Reflect.get(socket ?? {}, 'getPeerCertificate') === 'function';
  const identity = isSecure ? identityOf(socket as TLSSocket) : undefined;
  identities.set(connection, identity ?? null);
  return identity;
}

function identityOf(socket: TLSSocket): ClientIdentity | undefined {
  const certificate = socket.getPeerCertificate() as Partial<PeerCertificate> | null;
  const { subject } = certificate ?? {};
  if (subject === undefined) return undefined;
  if (!socket.authorized) return 'stranger';
  // Node types texts where there may be several, or none.
  const { CN: user = '', O: groups = [] } = subject as { CN?: string | string[]; O?: string | string[] };
  return { user: [user].flat().join(), groups: [groups].flat() };
}
