import { readFile } from 'node:fs/promises';
import { checkedConfig, isHeader } from './checked-config.ts';
import { type Credentials, CredentialsFailure, type CredentialsSource } from './credentials.ts';
import type { TlsMaterial } from './endpoint.ts';
import { hasCertificate, hasKey } from './pem.ts';
import type { RestConfig } from './rest-config.ts';

/**
 * The credentials of a config. Its files are read each time: they are small, and one that rotates may keep its time of
 * change. Throws a `RestConfigError` where the config will not do.
 */
export class RestCredentials implements CredentialsSource {
  readonly #config: RestConfig;
  readonly #server: URL;

  constructor(config: RestConfig) {
    this.#config = checkedConfig(config);
    this.#server = new URL(this.#config.server);
  }

  async read(): Promise<Credentials> {
    const { userAgent } = this.#config;
    const [tls, token] = await Promise.all([this.#tls(), this.#token()]);
    return {
      endpoint: { server: this.#server, tls },
      headers: {
        ...(userAgent !== undefined && { 'user-agent': userAgent }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
    };
  }

  async #tls(): Promise<TlsMaterial> {
    const { ca, caFile, cert, certFile, key, keyFile, serverName, insecureSkipTlsVerify = false } = this.#config;
    const [authorities, certificate, ownKey] = await Promise.all([
      ca ?? contentOf(caFile, 'certificate in PEM', hasCertificate),
      cert ?? contentOf(certFile, 'certificate in PEM', hasCertificate),
      key ?? contentOf(keyFile, 'key in PEM, or an encrypted one', hasKey),
    ]);
    return {
      rejectUnauthorized: !insecureSkipTlsVerify,
      ...(authorities !== undefined && { ca: authorities }),
      ...(certificate !== undefined && { cert: certificate }),
      ...(ownKey !== undefined && { key: ownKey }),
      ...(serverName !== undefined && { servername: serverName }),
    };
  }

  async #token(): Promise<string | undefined> {
    const { token, tokenFile } = this.#config;
    const isToken = (text: string) => text.trim() !== '' && isHeader(text.trim());
    return token ?? (await contentOf(tokenFile, 'token that a header can have', isToken))?.trim();
  }
}

async function contentOf(
  file: string | undefined,
  what: string,
  isThere: (text: string) => boolean,
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CredentialsFailure(`the file ${file} could not be read: ${(error as NodeJS.ErrnoException).code}`);
  });
  if (!isThere(text)) throw new CredentialsFailure(`the file ${file} has no ${what}`);
  return text;
}
