import { contentOf } from '../../rest/config/content-of.ts';
import { CredentialsFailure } from '../../rest/config/credentials-failure.ts';
import type { CredentialsQuestion } from '../../rest/config/credentials.ts';
import { hasCertificate } from '../../rest/config/pem.ts';
import type { Environment } from '../../rest/config/proxy-from-environment.ts';
import { IdTokenFault, isFresh } from './id-token.ts';
import type { Login } from './login.ts';

/** `auth-provider.config` of a user with `oidc`. */
export type OidcConfig = Readonly<Record<string, string>>;

/** A user of an OIDC provider. */
export interface OidcUser {
  readonly name: string;
  readonly issuer: URL;
  readonly config: OidcConfig;
  /** Whether a provider of plain http may be asked. */
  readonly allowInsecure: boolean;
  /** The variables that name proxies. */
  readonly env: Environment;
}

/** Where renewed tokens go, and come from. */
export interface TokenStore {
  /** What others have renewed meanwhile; undefined where nobody can. */
  read(): Promise<OidcConfig | undefined>;
  /** Resolves to whether they were written. */
  write(renewed: OidcConfig): Promise<boolean>;
}

/**
 * An ID token of an OIDC provider, renewed by its refresh token 10 s before its end, and once the server has refused it. What
 * another process has renewed meanwhile is taken over. All who ask at the same time share one renewal. `config` has the names of the kubeconfig.
 */
export function oidcLogin({ name, issuer, config: given, allowInsecure, env }: OidcUser, store: TokenStore): Login {
  const words = `the OIDC provider ${issuer.origin} of the user ${name}`;
  let config = given;
  let isWritten = true;
  let refused: string | undefined;

  const goodToken = (from: OidcConfig | undefined): string | undefined => {
    const token = from?.['id-token'];
    try {
      return token && token !== refused && isFresh(token, Date.now()) ? token : undefined;
    } catch (error) {
      if (error instanceof IdTokenFault) throw new CredentialsFailure(`${error.message}, of the user ${name}`);
      throw error;
    }
  };

  async function renewed(question: CredentialsQuestion): Promise<string | undefined> {
    const { 'client-id': clientId = '', 'client-secret': clientSecret, 'refresh-token': refreshToken } = config;
    if (!refreshToken)
      throw new CredentialsFailure(
        `the id-token of the user ${name} has expired, and there is no refresh-token; log in anew`,
      );
    if (issuer.protocol === 'http:' && !allowInsecure)
      throw new CredentialsFailure(`${words} is plain http, where no token is sent; allowInsecureCredentials sends it`);
    const ca = await authorityOf(config, question);
    const secret = clientSecret === '' ? undefined : clientSecret;
    // Loaded when a token is renewed, with all of HTTP.
    const { renewTokens } = await import('./renew-tokens.ts');
    const tokens = await renewTokens({ issuer, clientId, clientSecret: secret, refreshToken, ca, env }, words);
    config = { ...config, 'id-token': tokens.idToken, 'refresh-token': tokens.refreshToken ?? refreshToken };
    isWritten = await store.write(config);
    return config['id-token'];
  }

  async function taken(question: CredentialsQuestion): Promise<string | undefined> {
    // What was not written is newer than what is in the file.
    if (isWritten) config = (await store.read()) ?? config;
    return goodToken(config) ?? (await renewed(question));
  }

  // A refresh token may count once: one renewal at a time, also for a question that was given up meanwhile.
  let renewing: Promise<string | undefined> | undefined;

  return {
    async read(question) {
      const kept = goodToken(config);
      if (kept !== undefined) return { token: kept };
      question.waitsFor.add(words);
      const token = await (renewing ??= taken(question).finally(() => (renewing = undefined)));
      question.waitsFor.delete(words);
      return { token };
    },
    forget({ token }) {
      refused = token;
    },
  };
}

async function authorityOf(config: OidcConfig, question: CredentialsQuestion): Promise<string | undefined> {
  const { 'idp-certificate-authority-data': data, 'idp-certificate-authority': file } = config;
  if (data) return Buffer.from(data, 'base64').toString();
  return file ? await contentOf(question, file, 'certificate in PEM', hasCertificate) : undefined;
}
