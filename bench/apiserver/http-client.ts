import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** Where requests go. */
export interface Target {
  readonly url: string;
  readonly ca?: string | undefined;
  readonly token?: string | undefined;
}

/** Sends requests over connections that stay open, and reads answers to their last byte without looking at them. */
export class BenchClient {
  readonly #target: Target;
  readonly #agent: HttpAgent;

  constructor(target: Target, connections: number) {
    const options = { keepAlive: true, maxSockets: connections };
    this.#target = target;
    this.#agent = target.url.startsWith('https:')
      ? new HttpsAgent({ ...options, ca: target.ca })
      : new HttpAgent(options);
  }

  /** The number of bytes of a successful answer. */
  send(method: string, path: string, body?: string, accept = 'application/json'): Promise<number> {
    const { url, token } = this.#target;
    const headers = {
      accept,
      'user-agent': 'bench/1',
      ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const sent = send(`${url}${path}`, { method, headers, agent: this.#agent }, (response) => {
        let bytes = 0;
        let said = '';
        const isFailure = (response.statusCode ?? 0) >= 400;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (isFailure) said += chunk.toString();
        });
        response.on('error', reject);
        response.on('end', () => {
          if (isFailure) reject(new Error(`${method} ${path}: ${said}`));
          else resolve(bytes);
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
