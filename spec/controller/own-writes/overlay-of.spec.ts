import { NEVER, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { sharedInformer } from 'kuberx';
import { buildObject, fakeListerWatcher } from 'kuberx/testing';
import { overlayOf, useOverlay } from '#src/controller/own-writes/overlay-of.ts';

describe('overlayOf', () => {
  it('is one for each informer, and starts none', () => {
    const server = fakeListerWatcher([{ watch: NEVER }]);
    const [one, two] = [sharedInformer(server), sharedInformer(server)];
    expect(overlayOf(one)).toBe(overlayOf(one));
    expect(overlayOf(one)).not.toBe(overlayOf(two));
    expect(server.requests).toEqual([]);
  });

  it('shows writes as the informer transforms them, of an informer of metadata as metadata', () => {
    const scheduler = new VirtualTimeScheduler();
    const transform = (object: object) => ({ ...object, seen: true }) as never;
    const whole = sharedInformer(fakeListerWatcher([]), { transform });
    const cut = sharedInformer({ ...fakeListerWatcher([]), metadataOnly: true });
    const written = { ...buildObject('default/a', '5'), spec: { size: 1 } };
    for (const informer of [whole, cut]) overlayOf(informer, scheduler).written(written);
    expect(overlayOf(whole).snapshot$.value.getByKey('default/a')).toMatchObject({ seen: true, spec: { size: 1 } });
    expect(overlayOf(cut).snapshot$.value.getByKey('default/a')).toEqual({
      apiVersion: 'meta.k8s.io/v1',
      kind: 'PartialObjectMetadata',
      metadata: written.metadata,
    });
  });
});

describe('useOverlay', () => {
  it('forgets the writes with the last user, and not before', () => {
    const scheduler = new VirtualTimeScheduler();
    const informer = sharedInformer(fakeListerWatcher([]));
    const users = [useOverlay(informer, scheduler), useOverlay(informer, scheduler)];
    const shown = () => overlayOf(informer, scheduler).snapshot$.value.getByKey('default/a');
    overlayOf(informer, scheduler).written(buildObject('default/a', '5'));
    users[0]!.unsubscribe();
    expect(shown()).toBeDefined();
    users[1]!.unsubscribe();
    expect(shown()).toBeUndefined();
  });
});
