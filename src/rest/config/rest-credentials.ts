import { checkedConfig, isHeader } from './checked-config.ts';
import {
  type Credentials,
  CredentialsFailure,
  type CredentialsQuestion,
  type CredentialsSource,
} from './credentials.ts';
import type { TlsMaterial } from '../connection/endpoint.ts';
import { hasCertificate, hasKey } from './pem.ts';
import { readAfresh } from './read-afresh.ts';
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

  get host(): string {
    return this.#server.origin;
  }

  async read(question: CredentialsQuestion): Promise<Credentials> {
    const { userAgent } = this.#config;
    const [tls, token] = await Promise.all([this.#tls(question), this.#token(question)]);
    return {
      endpoint: { server: this.#server, tls },
      headers: {
        ...(userAgent !== undefined && { 'user-agent': userAgent }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
    };
  }

  async #tls(question: CredentialsQuestion): Promise<TlsMaterial> {
    const { ca, caFile, cert, certFile, key, keyFile, serverName, insecureSkipTlsVerify = false } = this.#config;
    const [authorities, certificate, ownKey] = await Promise.all([
      ca ?? contentOf(question, caFile, 'certificate in PEM', hasCertificate),
      cert ?? contentOf(question, certFile, 'certificate in PEM', hasCertificate),
      key ?? contentOf(question, keyFile, 'key in PEM, or an encrypted one', hasKey),
    ]);
    return {
      rejectUnauthorized: !insecureSkipTlsVerify,
      ...(authorities !== undefined && { ca: authorities }),
      ...(certificate !== undefined && { cert: certificate }),
      ...(ownKey !== undefined && { key: ownKey }),
      ...(serverName !== undefined && { servername: serverName }),
    };
  }

  async #token(question: CredentialsQuestion): Promise<string | undefined> {
    const { token, tokenFile } = this.#config;
    const isToken = (text: string) => text.trim() !== '' && isHeader(text.trim());
    return token ?? (await contentOf(question, tokenFile, 'token that a header can have', isToken))?.trim();
  }
}

async function contentOf(
  { waitsFor }: CredentialsQuestion,
  file: string | undefined,
  what: string,
  isThere: (text: string) => boolean,
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const words = `the file ${file}`;
  waitsFor.add(words);
  const text = await readAfresh(file).catch((error: unknown) => {
    throw new CredentialsFailure(`${words} could not be read: ${(error as NodeJS.ErrnoException).code}`);
  });
  waitsFor.delete(words);
  if (!isThere(text)) throw new CredentialsFailure(`${words} has no ${what}`);
  return text;
}
