import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Sighting } from '../../scripts/recovery/line-protocol.ts';
import { type Downtime, staleness, type Write } from '../../scripts/recovery/staleness.ts';
import { Relay } from './relay.ts';
import { Scene } from './scene.ts';
import type { Subject } from './server.ts';

/** Milliseconds between two changes of the object that is followed. */
const period = 200;
/**
 * Milliseconds that a reflector of default options may lag while it can reach the server: after a break, which is made good
 * within 250 ms, and after a while without answers, at whose end the next request is up to 5 s away. A busy machine takes some.
 */
const bounds = { broken: 2500, away: 7000 };

/** How late a reflector is when its connections fail, and the server does not. */
export function stalenessSpecs(subject: Subject): void {
  it('is right again soon after connections broke, and after they were impossible for a while', async (test) => {
    const scene = await Scene.of(subject, test);
    const { namespace } = scene;
    await scene.create('heartbeat');
    const { relay, kubeConfig } = await Relay.to(scene.server.kubeconfig, test);
    const writes: Write[] = [];
    const sightings: Sighting[] = [];
    const downtimes: Downtime[] = [];
    const reflection = scene.reflect(scene.configMaps({}, kubeConfig), { backoff: {} });
    await reflection.synced();
    reflection.store.commits$.subscribe(({ snapshot }) => {
      const sequence = Number(snapshot.getByKey(scene.key('heartbeat'))?.data?.['sequence'] ?? 0);
      if (sequence !== sightings.at(-1)?.sequence) sightings.push({ namespace, sequence, at: Date.now() });
    });
    const beat = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        const sequence = writes.length + 1;
        await scene.change('heartbeat', { data: { sequence: String(sequence) } });
        writes.push({ namespace, sequence, at: Date.now() });
        await pause(period);
      }
    };

    // A watch that has not lived a second is a failure, hence each lives for longer.
    const follows = async (): Promise<void> => {
      await beat(1);
      await reflection.holds(scene.key('heartbeat'), ({ data }) => data?.['sequence'] === String(writes.length));
      await beat(7);
    };

    for (let cuts = 0; cuts < 3; cuts += 1) {
      await follows();
      relay.cut();
    }
    await follows();
    const lag = (): number => staleness(writes, sightings, downtimes, Date.now()).longest;
    expect(lag()).toBeLessThan(bounds.broken);
    const start = Date.now();
    relay.hold();
    await beat(15);
    relay.release();
    downtimes.push({ start, end: Date.now() });
    await follows();
    await scene.agreement(reflection);

    expect(lag()).toBeLessThan(bounds.away);
  });
}
