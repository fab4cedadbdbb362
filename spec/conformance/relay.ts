import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { KubeConfig } from '@kubernetes/client-node';
import type { TestContext } from 'vitest';
import { loadKubeConfig } from 'kuberx/client-node';

/** A TCP relay on loopback in front of a server, by which its clients are disturbed and nobody else. */
export class Relay {
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  readonly #server: net.Server;
  #isHeld = false;
  #budget = Infinity;

  private constructor(target: URL) {
    this.#server = net.createServer((inner) => {
      if (this.#isHeld) inner.resetAndDestroy();
      else this.#join(inner, net.connect(Number(target.port), target.hostname));
    });
  }

  /** The kubeconfig at a path, through a relay of its own that ends with the test. */
  static async to(kubeconfig: string, test: TestContext): Promise<{ relay: Relay; kubeConfig: KubeConfig }> {
    const kubeConfig = loadKubeConfig(kubeconfig);
    const target = new URL(kubeConfig.clusters[0]!.server);
    const relay = new Relay(target);
    relay.#server.listen(0, '127.0.0.1');
    await once(relay.#server, 'listening');
    test.onTestFinished(() => {
      relay.#server.close();
      relay.cut();
    });
    const { port } = relay.#server.address() as AddressInfo;
    const server = `${target.protocol}//127.0.0.1:${port}`;
    kubeConfig.clusters = kubeConfig.clusters.map((cluster) => ({ ...cluster, server }));
    return { relay, kubeConfig };
  }

  /** Breaks every connection. */
  cut(): void {
    for (const [inner, outer] of this.#pairs) {
      inner.resetAndDestroy();
      outer.destroy();
    }
  }

  /** Breaks every connection as soon as so many bytes have come from the server, once. */
  cutAfter(bytes: number): void {
    this.#budget = bytes;
  }

  /** Breaks every connection, and takes no new ones until {@link release}. */
  hold(): void {
    this.#isHeld = true;
    this.cut();
  }

  release(): void {
    this.#isHeld = false;
  }

  #join(inner: Socket, outer: Socket): void {
    const pair = [inner, outer] as const;
    this.#pairs.add(pair);
    for (const [socket, other] of [pair, [outer, inner] as const]) {
      socket
        .on('error', () => undefined)
        .once('close', () => {
          this.#pairs.delete(pair);
          other.destroy();
        });
    }
    inner.pipe(outer);
    outer.on('data', (bytes) => {
      this.#budget -= bytes.length;
      if (this.#budget > 0) {
        if (inner.write(bytes)) return;
        outer.pause();
        inner.once('drain', () => outer.resume());
        return;
      }
      this.#budget = Infinity;
      this.cut();
    });
  }
}
