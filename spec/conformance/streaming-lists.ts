import { filter } from 'rxjs';
import { expect, it } from 'vitest';
import type { ListerWatcher } from 'kuberx';
import { Relay } from './relay.ts';
import { Scene } from './scene.ts';
import type { Subject } from './server.ts';
import { through } from './through.ts';

/** As of a server that takes the parameters of a streaming list and does not know them. */
function withoutMarker<T>(listerWatcher: ListerWatcher<T>): ListerWatcher<T> {
  return through(listerWatcher, {
    watch: (frame$) => frame$.pipe(filter((frame) => !(frame.type === 'BOOKMARK' && frame.initialEventsEnd))),
  });
}

/** Synchronising by a streaming list, and by pages where there is none. */
export function streamingListSpecs(subject: Subject): void {
  const { streamingLists } = subject.capabilities;

  it.runIf(streamingLists)('synchronises by one streaming list, which goes on as the watch', async (test) => {
    const scene = await Scene.of(subject, test);
    for (const name of ['a', 'b', 'c']) await scene.create(name);
    const reflection = scene.reflect(scene.configMaps());
    await reflection.synced();
    expect(reflection.keys).toEqual(['a', 'b', 'c'].map((name) => scene.key(name)));
    await scene.change('a', { data: { k: '1' } });
    await scene.delete('b');
    await scene.create('d');
    await scene.agreement(reflection);
    expect(reflection.requests).toMatchObject([{ verb: 'watch', sendInitialEvents: true }]);
    expect(reflection.interruptions).toEqual([]);
  });

  it.runIf(!streamingLists)(
    'synchronises by pages where streaming lists are refused, without a failure',
    async (test) => {
      const scene = await Scene.of(subject, test);
      for (const name of ['a', 'b', 'c']) await scene.create(name);
      const reflection = scene.reflect(scene.configMaps(), { pageSize: 2 });
      await reflection.synced();
      await scene.change('a', { data: { k: '1' } });
      await scene.agreement(reflection);
      expect(reflection.interruptions).toEqual([]);
      expect(reflection.requests).toMatchObject([
        { verb: 'watch', sendInitialEvents: true },
        { verb: 'list', limit: 2 },
        { verb: 'list', limit: 2, continue: expect.any(String) as string },
        { verb: 'watch', resourceVersion: expect.any(String) as string },
      ]);
    },
  );

  it.runIf(streamingLists)('lists in pages where the end of the streaming list does not come', async (test) => {
    const scene = await Scene.of(subject, test);
    for (const name of ['a', 'b', 'c']) await scene.create(name);
    const reflection = scene.reflect(withoutMarker(scene.configMaps()), { markerDeadline: 500 });
    await reflection.synced();
    await scene.create('d');
    await scene.agreement(reflection);
    expect(reflection.interruptions.map(({ error, phase }) => [error.reason, phase])).toEqual([
      ['MarkerMissing', 'streaming'],
    ]);
    expect(reflection.requests.map(({ verb }) => verb)).toEqual(['watch', 'list', 'watch']);
    expect(reflection.replacements).toBe(1);
  });

  it.runIf(streamingLists)('drops what came of a streaming list that is cut before its end', async (test) => {
    const scene = await Scene.of(subject, test);
    const data = { k: 'x'.repeat(20_000) };
    for (let i = 0; i < 20; i++) await scene.create(`m-${i}`, { data });
    const { relay, kubeConfig } = await Relay.to(scene.server.kubeconfig, test);
    relay.cutAfter(150_000);
    const reflection = scene.reflect(scene.configMaps({}, kubeConfig));
    const cut = await reflection.event(({ type }) => type === 'Interrupted');
    expect(reflection.events.slice(0, reflection.events.indexOf(cut)).map(({ type }) => type)).not.toContain(
      'Replaced',
    );
    expect(cut).toMatchObject({ phase: 'streaming', attempt: 1 });
    await scene.delete('m-0');
    await scene.agreement(reflection);
    expect(reflection.replacements).toBe(1);
    // The network cut it, not the server, so that it is asked for again.
    expect(reflection.requests).toMatchObject([
      { verb: 'watch', sendInitialEvents: true },
      { verb: 'watch', sendInitialEvents: true },
    ]);
  });

  it('synchronises by pages where streaming lists are not wanted', async (test) => {
    const scene = await Scene.of(subject, test);
    for (const name of ['a', 'b', 'c']) await scene.create(name);
    const reflection = scene.reflect(scene.configMaps(), { streaming: false, pageSize: 2 });
    await reflection.synced();
    await scene.delete('a');
    await scene.agreement(reflection);
    expect(reflection.requests.map(({ verb }) => verb)).toEqual(['list', 'list', 'watch']);
    expect(reflection.interruptions).toEqual([]);
  });
}
