/** The beginning of a page, and the version of its list. */
export interface ContinueToken {
  /** Negative: the current version, for the rest of a list that is no longer held. */
  readonly version: bigint;
  /** The first key that the page may hold, below the namespace of the request. */
  readonly start: string;
}

/** A token as a kube-apiserver makes it: base64url of a JSON object. Opaque to clients. */
export function encodeContinueToken({ version, start }: ContinueToken): string {
  const bytes = new TextEncoder().encode(
    `{"v":"meta.k8s.io/v1","rv":${String(version)},"start":${JSON.stringify(start)}}`,
  );
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function parsed(json: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error('continue key is not valid: the token is not JSON', { cause: error });
  }
  if (typeof value !== 'object' || value === null)
    throw new Error('continue key is not valid: the token is not an object');
  return value as Record<string, unknown>;
}

function decodedBase64(token: string): string {
  const illegal = /[^A-Za-z0-9_-]/.exec(token)?.index ?? (token.length % 4 === 1 ? token.length - 1 : undefined);
  if (illegal !== undefined) {
    throw new Error(`continue key is not valid: illegal base64 data at input byte ${illegal}`);
  }
  const binary = atob(token.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

/**
 * Reads a token; a slash before the key is accepted and dropped.
 *
 * @throws Error with the server's text. Source: apiserver `storage/continue.go`.
 */
export function decodeContinueToken(token: string): ContinueToken {
  const json = decodedBase64(token);
  const { v, start } = parsed(json);
  if (v !== 'meta.k8s.io/v1') {
    throw new Error(
      `continue key is not valid: server does not recognize this encoded version ${typeof v === 'string' ? v : ''}`,
    );
  }
  // Read from the text: a version may be larger than the integers that a number holds exactly.
  const version = BigInt(/"rv":(-?[0-9]+)/.exec(json)?.[1] ?? '0');
  if (version === 0n) {
    throw new Error('continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
  }
  if (typeof start !== 'string' || start === '') {
    throw new Error('continue key is not valid: encoded start key empty (version meta.k8s.io/v1)');
  }
  const key = start.startsWith('/') ? start.slice(1) : start;
  if (key.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    throw new Error(`continue key is not valid: ${start}`);
  }
  return { version, start: key };
}
