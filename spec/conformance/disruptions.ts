import { from, switchMap } from 'rxjs';
import { expect, it } from 'vitest';
import { compareResourceVersions, type ListerWatcher } from 'kuberx';
import { resourceClient } from 'kuberx/client-node';
import { answerOf } from './answer-of.ts';
import { freshList } from './fresh-list.ts';
import { Relay } from './relay.ts';
import { Scene, wasExpired } from './scene.ts';
import type { Subject } from './server.ts';
import { through } from './through.ts';

/** Lets only first pages through until the gate is open. */
function gated<T>(listerWatcher: ListerWatcher<T>, gate: Promise<unknown>): ListerWatcher<T> {
  return through(listerWatcher, {
    list: (page$, asked) => (asked.continue === undefined ? page$ : from(gate).pipe(switchMap(() => page$))),
  });
}

/** What a server does to all its clients: it restarts, forgets, and goes back. */
export function disruptionSpecs(subject: Subject): void {
  const { resumesAfterRestart, compactionExpiresWatches, bookmarks } = subject.capabilities;

  it('lists all at once, and nothing of the pages before, when a continue token has expired', async (test) => {
    const scene = await Scene.of(subject, test);
    for (const name of ['a', 'b', 'c', 'd', 'e']) await scene.create(name);
    const gate = Promise.withResolvers<undefined>();
    const reflection = scene.reflect(gated(scene.configMaps(), gate.promise), { streaming: false, pageSize: 2 });
    await reflection.event((event) => event.type === 'Received' && event.received === 2);
    await scene.delete('a');
    const { metadata } = await scene.create('f');
    await scene.server.compact(metadata.resourceVersion);
    gate.resolve(undefined);
    const { error, phase } = await reflection.interruption(() => true);
    expect([error.reason, error.code, phase]).toEqual(['Expired', 410, 'listing']);
    // The server offers to go on inconsistently; that would show an object that is gone.
    expect(error.status?.metadata?.continue).toEqual(expect.any(String));
    const first = await reflection.synced();
    expect(first.keys().sort()).toEqual(['b', 'c', 'd', 'e', 'f'].map((name) => scene.key(name)));
    await scene.agreement(reflection);
    expect(reflection.replacements).toBe(1);
    expect(reflection.changes.map(({ type }) => type)).toEqual(Array(5).fill('added'));
    expect(reflection.requests).toEqual([
      { verb: 'list', limit: 2 },
      { verb: 'list', limit: 2, continue: expect.any(String) as string },
      { verb: 'list' },
      expect.objectContaining({ verb: 'watch', resourceVersion: first.resourceVersion }),
    ]);
  });

  it('sees what happened while it was cut off, also behind a compaction', async (test) => {
    const scene = await Scene.of(subject, test);
    for (const name of ['a', 'b', 'c']) await scene.create(name);
    const { relay, kubeConfig } = await Relay.to(scene.server.kubeconfig, test);
    const reflection = scene.reflect(scene.configMaps({}, kubeConfig));
    await reflection.synced();
    relay.hold();
    await reflection.interruption(({ attempt }) => attempt > 1);
    await scene.change('a', { data: { k: '1' } });
    await scene.delete('b');
    await scene.delete('c');
    const again = await scene.create('c');
    await scene.server.compact(again.metadata.resourceVersion);
    expect(reflection.keys).toEqual(['a', 'b', 'c'].map((name) => scene.key(name)));
    relay.release();
    await scene.agreement(reflection);
    expect(wasExpired(reflection)).toBe(compactionExpiresWatches);
    const deletions = reflection.changes.filter((change) => change.type === 'deleted');
    expect(deletions.map(({ object, finalStateUnknown }) => [object.metadata.name, finalStateUnknown])).toEqual([
      ['b', compactionExpiresWatches],
      ['c', compactionExpiresWatches],
    ]);
    expect(reflection.changes.filter(({ type }) => type === 'updated')).toHaveLength(1);
    await scene.delete('c');
    await reflection.state(({ size }) => size === 1);
    await scene.agreement(reflection);
  });

  it.runIf(bookmarks)('is carried past a compaction by bookmarks, though nothing of it changed', async (test) => {
    const scene = await Scene.of(subject, test);
    const { namespace } = scene;
    const secrets = resourceClient(scene.kubeConfig, 'v1/secrets');
    const quiet = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'quiet', namespace } };
    const { metadata } = await answerOf(secrets.create(quiet));
    const { relay, kubeConfig } = await Relay.to(scene.server.kubeconfig, test);
    const reflection = scene.reflect(scene.lister('v1/secrets', { namespace }, kubeConfig), {
      watchTimeout: { min: 4000, max: 4000 },
    });
    await reflection.synced();
    for (const name of ['a', 'b', 'c']) await scene.create(name);
    const { resourceVersion: busy } = (await scene.change('a', { data: { k: '1' } })).metadata;
    // A consistent read is what moves the cache of a resource without changes on.
    await freshList(scene.server, 'v1/secrets', { namespace });
    await reflection.event(
      (event) => event.type === 'Bookmark' && (compareResourceVersions(event.resourceVersion, busy) ?? -1) >= 0,
    );
    expect(reflection.store.getByKey(scene.key('quiet'))?.metadata).toEqual(metadata);
    relay.hold();
    await scene.server.compact(busy);
    relay.release();
    await answerOf(secrets.patch({ name: 'quiet', namespace }, { type: 'merge', body: { stringData: { k: '1' } } }));
    await reflection.holds(
      scene.key('quiet'),
      (secret) => secret.metadata.resourceVersion !== metadata.resourceVersion,
    );
    await scene.agreement(reflection, {}, 'v1/secrets');
    expect(wasExpired(reflection)).toBe(false);
    expect(reflection.replacements).toBe(1);
  });

  it('agrees after a restart of the server, and with what was deleted meanwhile', async (test) => {
    const scene = await Scene.of(subject, test);
    for (const name of ['a', 'b']) await scene.create(name);
    const reflections = [true, false].map((streaming) => scene.reflect(scene.configMaps(), { streaming }));
    await Promise.all(reflections.map((reflection) => reflection.synced()));
    // Down where the list is of a version that the restarted server never had in its memory.
    await scene.change('a', { data: { k: '1' } });
    await Promise.all(reflections.map((each) => each.holds(scene.key('a'), ({ data }) => data?.['k'] === '1')));
    await scene.server.kill();
    for (const reflection of reflections) {
      await reflection.interruption(({ error }) => error.reason === 'ConnectionRefused');
      expect(reflection.keys).toEqual([scene.key('a'), scene.key('b')]);
    }
    await scene.server.deleteStored(scene.namespace, 'b');
    await scene.server.start();
    await scene.create('c');
    for (const reflection of reflections) {
      await scene.agreement(reflection);
      expect(wasExpired(reflection)).toBe(!resumesAfterRestart);
      expect(reflection.replacements).toBe(resumesAfterRestart ? 1 : 2);
      const deletion = reflection.changes.find((change) => change.type === 'deleted');
      expect(deletion).toMatchObject({ finalStateUnknown: !resumesAfterRestart });
      expect(deletion?.object.metadata.name).toBe('b');
    }
    await scene.delete('c');
    await Promise.all(reflections.map((reflection) => reflection.state(({ size }) => size === 1)));
    for (const reflection of reflections) await scene.agreement(reflection);
  });

  it('starts on a server that is down, as soon as it is up', async (test) => {
    const scene = await Scene.of(subject, test);
    await scene.create('a');
    const { kubeConfig } = scene;
    await scene.server.kill();
    const reflection = scene.reflect(scene.configMaps({}, kubeConfig));
    const refused = await reflection.interruption(({ attempt }) => attempt === 2);
    expect(refused.error.reason).toBe('ConnectionRefused');
    expect(reflection.store.snapshot$.value.synced).toBe(false);
    await scene.server.start();
    await reflection.synced();
    await scene.agreement(reflection);
  });

  it('goes back with a server whose storage was restored', async (test) => {
    const scene = await Scene.of(subject, test);
    for (const name of ['changed', 'deleted']) await scene.create(name, { data: { k: 'before' } });
    await scene.server.backUp();
    const reflection = scene.reflect(scene.configMaps(), { watchTimeout: { min: 2000, max: 2000 } });
    await reflection.synced();
    await scene.change('changed', { data: { k: 'after' } });
    await scene.delete('deleted');
    await scene.create('created');
    // Far enough that the server does not come up to these versions by itself.
    await scene.server.populate(scene.namespace, 200);
    await scene.agreement(reflection);
    const { resourceVersion: ahead } = reflection.store.snapshot$.value;

    await scene.server.restore();
    await reflection.state(({ size }) => size === 2);
    const { resourceVersion: behind } = reflection.store.snapshot$.value;
    expect(compareResourceVersions(behind!, ahead!)).toBeLessThan(0);
    expect(reflection.store.getByKey(scene.key('changed'))?.data).toEqual({ k: 'before' });
    await scene.create('later');
    await reflection.holds(scene.key('later'));
    await scene.agreement(reflection);
  }, 120_000);
}
