/** Source: client-go, plugin/pkg/client/auth/oidc, expiryDelta. */
const leeway = 10_000;

/** An invalid ID token. */
export class IdTokenFault extends Error {}

/**
 * Whether an ID token still counts for 10 s at the time `now`, in milliseconds. Its signature is for the server to check. Throws an
 * `IdTokenFault` for what is not a JWT.
 */
export function isFresh(token: string, now: number): boolean {
  const expiry = claimsOf(token)['exp'];
  return typeof expiry === 'number' && now + leeway < expiry * 1000;
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const parts = token.split('.');
  const fault = new IdTokenFault('the id-token is not a JWT');
  if (parts.length !== 3) throw fault;
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString());
    if (typeof claims === 'object' && claims !== null) return claims as Readonly<Record<string, unknown>>;
  } catch {
    throw fault;
  }
  throw fault;
}
