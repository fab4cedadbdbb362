import { checkedConfig } from './checked-config.ts';
import type { Credentials, CredentialsQuestion, CredentialsSource } from './credentials.ts';
import type { RestConfig } from './rest-config.ts';
import { proxyTunnel } from '../connection/proxy-tunnel.ts';
import { type Environment, proxyFromEnvironment, ProxyVariableFault } from './proxy-from-environment.ts';
import { RestConfigError } from './rest-config-error.ts';
import { tlsMaterial } from './tls-material.ts';
import { tokenIn } from './token-in.ts';

/**
 * The credentials of a config. Its files are read each time: they are small, and a rotated file may keep its time of
 * change. Requests go through the proxy that the environment names, as in client-go. Throws a `RestConfigError` for an invalid
 * config, or an invalid proxy.
 */
export class RestCredentials implements CredentialsSource {
  readonly #config: RestConfig;
  readonly #server: URL;
  readonly #proxy: URL | undefined;

  constructor(config: RestConfig, env: Environment = process.env) {
    this.#config = checkedConfig(config);
    this.#server = new URL(this.#config.server);
    this.#proxy = proxyFor(this.#server, env);
  }

  get host(): string {
    return this.#server.origin;
  }

  async read(question: CredentialsQuestion): Promise<Credentials> {
    const { userAgent } = this.#config;
    const [tls, token] = await Promise.all([tlsMaterial(question, this.#config), this.#token(question)]);
    return {
      endpoint: { server: this.#server, tls, tunnel: this.#proxy && proxyTunnel(this.#proxy, tls) },
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

function proxyFor(server: URL, env: Environment): URL | undefined {
  try {
    return proxyFromEnvironment(server, env);
  } catch (error) {
    if (error instanceof ProxyVariableFault) throw new RestConfigError('Invalid', `${error.message}.`);
    throw error;
  }
}
