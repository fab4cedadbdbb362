import { setTimeout as pause } from 'node:timers/promises';
import type { ControlPlane } from '../controlplane/control-plane.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { Lane } from './lane.ts';
import type { Write } from './staleness.ts';

/**
 * The time over which paths are mended, in milliseconds. So the rounds meet a client in different phases of its delays.
 */
const mending = 4000;

/**
 * The scene of a fault: consumers that follow heartbeats, each by its own path, all in the same way at the same time.
 */
export class Scene {
  readonly controlPlane: ControlPlane;
  readonly namespaces: readonly string[];
  readonly heartbeat: Heartbeat;
  readonly #lanes: readonly Lane[];

  constructor(controlPlane: ControlPlane, namespaces: readonly string[], heartbeat: Heartbeat, lanes: readonly Lane[]) {
    this.controlPlane = controlPlane;
    this.namespaces = namespaces;
    this.heartbeat = heartbeat;
    this.#lanes = lanes;
  }

  /** Breaks every connection. */
  cut(): void {
    for (const { path } of this.#lanes) path.cut();
  }

  /** Cuts again and again, the first time after one period. */
  async cutEvery(milliseconds: () => number, times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      await pause(milliseconds());
      this.cut();
    }
  }

  /**
   * Breaks connections, and refuses new ones or drops them as soon as they stand, while an action runs. The paths of
   * each round are mended a little later than those of the round before.
   */
  async unreachable(how: 'refuse' | 'drop', action: () => Promise<unknown>): Promise<void> {
    const start = Date.now();
    for (const { path } of this.#lanes) path[how]();
    await action();
    const mended = this.#lanes.map(async ({ path, phase, downtimes }) => {
      await pause(phase * mending);
      await path.open();
      downtimes.push({ start, end: Date.now() });
    });
    await Promise.all(mended);
  }

  /** The server is of no use while something is done: this time does not count. */
  async down(action: () => Promise<unknown>): Promise<void> {
    const start = Date.now();
    await action();
    for (const { downtimes } of this.#lanes) downtimes.push({ start, end: Date.now() });
  }

  /** Waits until every consumer knows the newest heartbeats, up to a limit. */
  async caughtUp(milliseconds: number): Promise<void> {
    const newest = new Map(this.heartbeat.writes.map((write): [string, Write] => [write.namespace, write]));
    const deadline = performance.now() + milliseconds;
    for (const lane of this.#lanes) {
      while (!(await lane.knows([...newest.values()])) && performance.now() < deadline) await pause(500);
    }
  }
}
