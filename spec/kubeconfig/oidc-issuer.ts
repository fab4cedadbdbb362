import { generateKeyPairSync } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import Provider, { type ClientMetadata } from 'oidc-provider';
import { vi } from 'vitest';
import { listening } from '../rest/servers.ts';
import { certificate, key } from '../rest/test-certificate.ts';

/** An OIDC provider on loopback that ends with the test. */
export interface OidcIssuer {
  readonly issuer: string;
  /** The paths that it was asked for. */
  readonly asked: readonly string[];
  /** A refresh token, as a login would give it. */
  readonly refreshToken: () => Promise<string>;
}

export interface OidcIssuerOptions {
  readonly client?: Partial<ClientMetadata>;
  readonly scheme?: 'http' | 'https';
  /** In seconds. Default an hour. */
  readonly idTokenLifetime?: number;
}

/** Its client, with a secret. */
export const client = { 'client-id': 'kuberx', 'client-secret': 'secret/of+client' };

/** Starts it. A refresh token counts once. */
export async function oidcIssuer({
  client: more = {},
  scheme = 'https',
  idTokenLifetime = 3600,
}: OidcIssuerOptions = {}): Promise<OidcIssuer> {
  const asked: string[] = [];
  const listener: http.RequestListener = (request, response) => {
    asked.push(request.url!);
    void answer(request, response);
  };
  const server =
    scheme === 'https' ? https.createServer({ cert: certificate, key }, listener) : http.createServer(listener);
  const { url: issuer } = await listening(server, scheme);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // It warns of what a server that goes on running would need.
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client['client-id'],
        client_secret: client['client-secret'],
        grant_types: ['refresh_token', 'authorization_code'],
        redirect_uris: ['https://127.0.0.1/callback'],
        id_token_signed_response_alg: 'ES256',
        ...more,
      },
    ],
    cookies: { keys: ['of the test'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
    rotateRefreshToken: true,
    ttl: { IdToken: idTokenLifetime, AccessToken: 60, RefreshToken: 3600, Grant: 3600, Session: 3600 },
    ...(more.token_endpoint_auth_method && { clientAuthMethods: [more.token_endpoint_auth_method] }),
  });
  const answer = provider.callback();
  warn.mockRestore();

  async function refreshToken(): Promise<string> {
    const grant = new provider.Grant({ accountId: 'jane', clientId: client['client-id'] });
    grant.addOIDCScope('openid offline_access');
    const token = new provider.RefreshToken({
      accountId: 'jane',
      client: (await provider.Client.find(client['client-id']))!,
      grantId: await grant.save(),
      gty: 'authorization_code',
      scope: 'openid offline_access',
    });
    return await token.save();
  }
  return { issuer, asked, refreshToken };
}
