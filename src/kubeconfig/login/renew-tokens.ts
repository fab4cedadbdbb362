import type * as OpenidClient from 'openid-client';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import { CredentialsFailure } from '../../rest/config/credentials-failure.ts';
import type { Environment } from '../../rest/config/proxy-from-environment.ts';
import { issuerFetch } from './issuer-fetch.ts';

/** What an OIDC provider is asked to renew. */
export interface Renewal {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly refreshToken: string;
  /** What the provider's certificate is to be signed by. */
  readonly ca: string | undefined;
  /** The variables that name proxies. */
  readonly env: Environment;
}

/** What an OIDC provider has renewed. */
export interface RenewedTokens {
  readonly idToken: string;
  /** Undefined where the old one goes on. */
  readonly refreshToken: string | undefined;
}

/**
 * Renews the ID token of a user by a refresh token, by `openid-client`, which is loaded for the first time here. Rejects with a
 * `CredentialsFailure` that starts with `words`.
 */
export async function renewTokens(renewal: Renewal, words: string): Promise<RenewedTokens> {
  const { issuer, clientId, clientSecret, refreshToken, ca, env } = renewal;
  const client = await loaded(words);
  try {
    const provider = await client.discovery(
      issuer,
      clientId,
      undefined,
      clientSecret === undefined ? client.None() : byEither(client, clientSecret),
      // openid-client asks for `fetch` and reads what is in `Response`.
      {
        [client.customFetch]: issuerFetch(ca, env),
        // Whether a plain http issuer may be asked has been decided before.
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so only that it stands out
        ...(issuer.protocol === 'http:' && { execute: [client.allowInsecureRequests] }),
      },
    );
    const tokens = await client.refreshTokenGrant(provider, refreshToken);
    if (tokens.id_token === undefined)
      throw new CredentialsFailure(
        `${words} gave no id_token: the login has to ask for the scope openid, or the provider renews none`,
      );
    return { idToken: tokens.id_token, refreshToken: tokens.refresh_token };
  } catch (error) {
    if (error instanceof CredentialsFailure) throw error;
    throw new CredentialsFailure(`${words} did not renew the token: ${causeOf(error)}`);
  }
}

async function loaded(words: string): Promise<typeof OpenidClient> {
  try {
    return await import('openid-client');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new CredentialsFailure(
      `${words} needs the package openid-client, which is not installed: npm install openid-client`,
    );
  }
}

/** The secret in the header, or in the body where the provider says that it takes no other, as Go's oauth2 tries them. */
function byEither(client: typeof OpenidClient, secret: string): OpenidClient.ClientAuth {
  return (server, ...rest) => {
    const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = server;
    const auth = methods.includes('client_secret_basic')
      ? client.ClientSecretBasic(secret)
      : client.ClientSecretPost(secret);
    auth(server, ...rest);
  };
}

// What a provider says in words may hold anything; its code is one of a list (RFC 6749, 5.2). What a parser of JSON says has
// the text in it.
function causeOf(error: unknown, left = 4): string {
  if (error instanceof KubeError) return error.message;
  const { error: code, cause, message } = error as { error?: unknown; cause?: unknown; message?: unknown };
  if (typeof code === 'string' && /^[a-z_]{1,40}$/.test(code)) return `it answered ${code}`;
  if (cause instanceof Error && !(cause instanceof SyntaxError) && left > 0) return causeOf(cause, left - 1);
  return String(message);
}
