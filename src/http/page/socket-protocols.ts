/** Beside a token there has to be another subprotocol, and one alone: a kube-apiserver chooses none, it takes what is left. */
const plain = 'base64.binary.k8s.io';

// Source: apiserver pkg/authentication/request/websocket/protocol.go.
const bearer = 'base64url.bearer.authorization.k8s.io.';

/** Headers that change nothing of what a watch over a WebSocket gives. */
const needless: ReadonlySet<string> = new Set(['accept-language', 'cache-control', 'content-type', 'user-agent']);

/**
 * The subprotocols that say to a WebSocket what headers say to `fetch`: a bearer token, and nothing else. `undefined` where a
 * header cannot be said so, such as an impersonated user or another form of objects: a WebSocket without it would be
 * another request.
 */
export function socketProtocols(headers: Readonly<Record<string, string>>): readonly string[] | undefined {
  let token: string | undefined;
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase();
    if (needless.has(name) || (name === 'accept' && value === 'application/json')) continue;
    token = name === 'authorization' ? /^Bearer +(\S+)$/i.exec(value)?.[1] : undefined;
    if (token === undefined) return undefined;
  }
  return token === undefined ? [] : [`${bearer}${base64Url(token)}`, plain];
}

function base64Url(text: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
