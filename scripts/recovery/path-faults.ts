import { setTimeout as pause } from 'node:timers/promises';
import { happens, type RecoveryFault } from './fault.ts';

/**
 * @param milliseconds - The time during which connections are refused, as if no process listened.
 */
export function refused(milliseconds: number): RecoveryFault {
  return {
    title: `connections refused for ${milliseconds / 1000} s`,
    arrange: happens((scene) => scene.unreachable('refuse', () => pause(milliseconds))),
  };
}

/**
 * @param milliseconds - The time during which connections are accepted and reset at once, as by a load balancer without
 * a server.
 * @param informers - The number of informers of a consumer. One of them follows the object that changes.
 */
export function dropped(milliseconds: number, informers: number = 1): RecoveryFault {
  return {
    title: `connections of ${informers} informers accepted and reset for ${milliseconds / 1000} s`,
    namespaces: informers,
    arrange: happens((scene) => scene.unreachable('drop', () => pause(milliseconds))),
  };
}

/** Connections break again and again. */
export function resets(times: number): RecoveryFault {
  return {
    title: 'connections reset every 2 to 6 s',
    arrange: happens((scene) => scene.cutEvery(() => 2000 + Math.random() * 4000, times)),
  };
}

/** How a {@link quiet} resource is disturbed. Times are in milliseconds. */
export interface QuietOptions {
  /** From cut to cut. */
  readonly every: number;
  /** The time during which nothing is written. */
  readonly warmUp: number;
  /** The time over which the changes are spread then. */
  readonly over: number;
}

/** A resource without changes, whose watches are cut. Then one change in each namespace, at a random time. */
export function quiet({ every, warmUp, over }: QuietOptions): RecoveryFault {
  const namespaces = 8;
  return {
    title: `a quiet resource cut every ${every / 1000} s`,
    namespaces,
    quiet: true,
    arrange: happens(async (scene) => {
      const cuts = scene.cutEvery(() => every, Math.ceil((warmUp + over) / every));
      const changes = scene.namespaces.map(async (namespace, index) => {
        await pause(warmUp + ((index + Math.random()) * over) / namespaces);
        await scene.heartbeat.write(namespace);
      });
      await Promise.all([cuts, ...changes]);
    }),
  };
}
