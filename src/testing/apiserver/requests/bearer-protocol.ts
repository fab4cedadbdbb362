import type { IncomingHttpHeaders } from 'node:http';

/** Source: apiserver `authentication/request/websocket/protocol.go`. */
const prefix = 'base64url.bearer.authorization.k8s.io.';

/** The subprotocols that a WebSocket is asked for with, and a token among them. */
export interface OfferedProtocols {
  /** A browser can send no header, but this. */
  readonly token: string | undefined;
  /** The others; the server takes one of them. */
  readonly others: readonly string[];
  /** Whether there is a token that cannot be read, or more than one, or nothing beside it. */
  readonly isMalformed: boolean;
}

/** Whether a request asks for a WebSocket. */
export function isWebSocket({ connection = '', upgrade }: IncomingHttpHeaders): boolean {
  if (upgrade === undefined) return false;
  return /(^|[,\s])upgrade($|[,\s])/i.test(connection) && upgrade.toLowerCase() === 'websocket';
}

/** Reads the subprotocols of a request for a WebSocket. */
export function offeredProtocols(headers: IncomingHttpHeaders): OfferedProtocols {
  const offered = (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const tokens = offered.filter((each) => each.startsWith(prefix)).map((each) => decoded(each.slice(prefix.length)));
  const others = offered.filter((each) => !each.startsWith(prefix));
  const [token] = tokens;
  const isMalformed = tokens.length > 0 && (tokens.length > 1 || token === undefined || others.length === 0);
  return { token: isMalformed ? undefined : token, others, isMalformed };
}

/** `undefined` for what is not base64url of a text, without padding. */
function decoded(encoded: string): string | undefined {
  if (!/^[\w-]+$/.test(encoded) || encoded.length % 4 === 1) return undefined;
  const bytes = Buffer.from(encoded, 'base64url');
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : undefined;
}
