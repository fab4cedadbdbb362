import { setTimeout as pause } from 'node:timers/promises';
import type { RecoveryFault } from './fault.ts';
import { FaultyPath } from './faulty-path.ts';
import type { Scene } from './scene.ts';

/** The time until a change has reached all servers, in milliseconds. */
const settles = 3000;

/**
 * Two apiservers behind one address, which take connections by turns, and one stops in its tracks: it is of no use until long
 * after the consumers have recovered.
 *
 * @param met - `open`: the consumers are connected to it when it stops. `new`: they are connected to it afterwards, and it
 * says nothing.
 */
export function stalledServer(met: 'open' | 'new', milliseconds: number): RecoveryFault {
  return {
    title: `two servers by turns, one of them stopped for ${milliseconds / 1000} s (${met} connections)`,
    async arrange(controlPlane) {
      const other = await controlPlane.startOtherApiServer();
      const turns = new Turns(Number(new URL(controlPlane.url).port), other.port);
      return {
        ports: turns.ports,
        async happen(scene) {
          if (met === 'new') other.suspend();
          await turns.begin(scene);
          other.suspend();
          await pause(milliseconds);
          other.resume();
        },
        end: () => other.stop(),
      };
    },
  };
}

/**
 * Two apiservers behind one address, one of which learns nothing from etcd for a while. The consumers are connected to it
 * anew, with versions that it has not come to.
 */
export function laggingServer(milliseconds: number): RecoveryFault {
  return {
    title: `two servers by turns, one of them behind for ${milliseconds / 1000} s`,
    async arrange(controlPlane) {
      const link = await FaultyPath.start(() => Number(new URL(controlPlane.etcd.url).port));
      const other = await controlPlane.startOtherApiServer(link.port);
      const turns = new Turns(Number(new URL(controlPlane.url).port), other.port);
      return {
        ports: turns.ports,
        async happen(scene) {
          link.stall();
          await pause(settles);
          await turns.begin(scene);
          await pause(milliseconds);
          link.flow();
        },
        async end() {
          await other.stop();
          link.stop();
        },
      };
    },
  };
}

/** Connections go to one server, and later to both by turns: of each consumer the first one to the other server. */
class Turns {
  readonly #ports: readonly [first: number, other: number];
  #begun = false;

  constructor(first: number, other: number) {
    this.#ports = [first, other];
  }

  /** The ports of one consumer's connections. */
  readonly ports = (): (() => number) => {
    let turn = 0;
    return () => this.#ports[this.#begun ? (turn += 1) % 2 : 0]!;
  };

  /** Breaks all connections, and waits for the next ones. */
  async begin(scene: Scene): Promise<void> {
    this.#begun = true;
    scene.cut();
    await pause(settles);
  }
}
