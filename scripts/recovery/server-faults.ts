import { setTimeout as pause } from 'node:timers/promises';
import { defineHeartbeats, heartbeats, undefineHeartbeats } from './custom-resource.ts';
import { happens, type RecoveryFault } from './fault.ts';
import { ThrottlingServer } from './throttling-server.ts';

/**
 * The apiserver is killed, and started after a compaction: no version of before is known any more.
 *
 * @param how - What a connection meets meanwhile: `refuse` as without anything between, `drop` as behind a load balancer.
 */
export function restarted(how: 'refuse' | 'drop'): RecoveryFault {
  return {
    title: `restart of the apiserver with compaction (${how})`,
    disruptive: true,
    arrange: happens((scene) =>
      scene.unreachable(how, async () => {
        await scene.controlPlane.killApiServer();
        await scene.controlPlane.compact();
        await scene.controlPlane.restartApiServer();
      }),
    ),
  };
}

/**
 * @param milliseconds - The time during which the definition of the resource is away.
 */
export function redefined(milliseconds: number): RecoveryFault {
  return {
    title: 'a custom resource whose definition is deleted and created again',
    resource: heartbeats,
    async arrange(controlPlane) {
      await defineHeartbeats(controlPlane);
      return {
        happen: (scene) =>
          scene.down(async () => {
            await undefineHeartbeats(controlPlane);
            await pause(milliseconds);
            await defineHeartbeats(controlPlane);
          }),
        end: () => undefineHeartbeats(controlPlane),
      };
    },
  };
}

/**
 * @param milliseconds - The time during which every request is answered with 429 and `Retry-After: 1`, as by a busy
 * apiserver.
 */
export function throttled(milliseconds: number): RecoveryFault {
  return {
    title: `429 for ${milliseconds / 1000} s`,
    async arrange(controlPlane) {
      const server = await ThrottlingServer.start(controlPlane);
      return {
        ports: () => () => server.port,
        happen: (scene) =>
          scene.down(async () => {
            server.throttle = true;
            scene.cut();
            await pause(milliseconds);
            server.throttle = false;
          }),
        end: () => server.stop(),
      };
    },
  };
}

/** etcd goes back to a copy, and is written to until its versions exceed the ones that were seen. */
export function restored(): RecoveryFault {
  const lost = 30;
  return {
    title: 'etcd restored from a snapshot whose versions catch up within a minute',
    disruptive: true,
    arrange: happens(async (scene) => {
      const { controlPlane, heartbeat, namespaces } = scene;
      const [namespace = ''] = namespaces;
      await heartbeat.write(namespace, 'kept');
      await scene.unreachable('drop', () => controlPlane.backUp());
      await scene.caughtUp(60_000);
      for (let written = 0; written < lost; written += 1) await heartbeat.write(namespace, `lost-${written % 3}`);
      await heartbeat.write(namespace, 'kept');
      await scene.caughtUp(60_000);
      await pause(4000);
      await scene.unreachable('drop', () => controlPlane.restore());
      for (let written = 0; written < 2 * lost; written += 1) {
        await heartbeat.write(namespace, 'other');
        await pause(1000);
      }
    }),
  };
}
