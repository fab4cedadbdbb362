import { checkedConfig } from './checked-config.ts';
import type { Credentials, CredentialsQuestion, CredentialsSource } from './credentials.ts';
import type { RestConfig } from './rest-config.ts';
import { tlsMaterial } from './tls-material.ts';
import { tokenIn } from './token-in.ts';

/**
 * The credentials of a config. Its files are read each time: they are small, and a rotated file may keep its time of
 * change. Throws a `RestConfigError` for an invalid config.
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
    const [tls, token] = await Promise.all([tlsMaterial(question, this.#config), this.#token(question)]);
    return {
      endpoint: { server: this.#server, tls },
      headers: {
        ...(userAgent !== undefined && { 'user-agent': userAgent }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
    };
  }

  async #token(question: CredentialsQuestion): Promise<string | undefined> {
    const { token, tokenFile } = this.#config;
    return token ?? (tokenFile === undefined ? undefined : await tokenIn(question, tokenFile));
  }
}
