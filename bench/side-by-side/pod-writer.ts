import http from 'node:http';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { randomIntegers } from '../store/measure.ts';
import { benchPod, statusPatch } from './bench-pod.ts';
import type { BenchServer } from './bench-server.ts';

/** The most updates under way: a server that is slower than the rate is not buried. */
const mostAtATime = 16;

/** Changes the status of random pods at a fixed rate. */
export class PodWriter {
  readonly #server: BenchServer;
  readonly #agent: http.Agent;
  readonly #paths: readonly string[];
  #sequence = 0;

  constructor(server: BenchServer, objects: number) {
    this.#server = server;
    const options = { keepAlive: true, maxSockets: mostAtATime };
    this.#agent = server.ca === undefined ? new http.Agent(options) : new https.Agent({ ...options, ca: server.ca });
    // A sample, because a hundred thousand names would take longer to make than to write to.
    const sample = Math.min(objects, 5000);
    this.#paths = Array.from({ length: sample }, (_, at) => {
      const { namespace, name } = benchPod(Math.floor((at * objects) / sample)).metadata;
      return `/api/v1/namespaces/${namespace}/pods/${name}/status?fieldManager=kubelet`;
    });
  }

  /**
   * Writes this number of updates at this rate a second. Resolves with the rate that was reached once all are answered.
   */
  async write(count: number, rate: number): Promise<number> {
    const order = randomIntegers(count, this.#paths.length, this.#sequence + 1);
    const start = performance.now();
    const underWay = new Set<Promise<void>>();
    for (let sent = 0; sent < count; sent++) {
      const due = start + (sent * 1000) / rate;
      const early = due - performance.now();
      if (early > 0) await pause(early);
      while (underWay.size >= mostAtATime) await Promise.race(underWay);
      const write: Promise<void> = this.#patch(this.#paths[order[sent]!]!).finally(() => underWay.delete(write));
      underWay.add(write);
    }
    await Promise.all(underWay);
    return (count * 1000) / (performance.now() - start);
  }

  close(): void {
    this.#agent.destroy();
  }

  #patch(path: string): Promise<void> {
    const { url, token } = this.#server;
    const { request } = url.startsWith('https:') ? https : http;
    const sequence = this.#sequence++;
    const marker = `${sequence}.${Math.round((performance.timeOrigin + performance.now()) * 1000)}`;
    const body = JSON.stringify(statusPatch(sequence, marker));
    return new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json-patch+json',
        'content-length': Buffer.byteLength(body),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      };
      const sent = request(url + path, { method: 'PATCH', headers, agent: this.#agent }, (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (text: string) => (answer += text));
        response.on('error', reject).on('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`an update was answered ${response.statusCode}: ${answer}`));
        });
      });
      sent.on('error', reject).end(body);
    });
  }
}
