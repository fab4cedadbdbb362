import { NEVER } from 'rxjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InformerEvent, KubernetesObject } from 'kuberx';
import { OwnEvents } from '#src/controller/own-writes/own-events.ts';

const version = (resourceVersion: number, uid = 'u'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'default', name: 'a', uid, resourceVersion: String(resourceVersion) },
});

/** The writes of one object in turn, and after which of them its watcher looks: between two looks only the last shows. */
const histories = fc.array(
  fc.record({
    by: fc.constantFrom('own conditional', 'own unconditional', 'foreign'),
    isSeen: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('OwnEvents', () => {
  it('lets every foreign change wake at least once, and no conditional write of one’s own that was seen alone', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const own = new OwnEvents();
        let held = 1;
        let unseen: string[] = [];
        history.forEach(({ by, isSeen }, index) => {
          const resourceVersion = index + 2;
          const condition = by === 'own conditional' ? String(resourceVersion - 1) : undefined;
          if (by !== 'foreign')
            own.note({
              type: 'written',
              resource: 'v1/configmaps',
              object: version(resourceVersion),
              condition,
              isPart: false,
              read: () => NEVER,
            });
          unseen.push(by);
          if (!isSeen) return;
          const isOwn = own.isOwn({ type: 'updated', object: version(resourceVersion), oldObject: version(held) });
          expect(isOwn).toBe(unseen.length === 1 && by === 'own conditional');
          held = resourceVersion;
          unseen = [];
        });
      }),
    );
  });

  it('suppresses no addition, no deletion, no other object, and no part', () => {
    const own = new OwnEvents();
    const note = {
      type: 'written',
      resource: 'v1/configmaps',
      object: version(3),
      condition: '2',
      read: () => NEVER,
    } as const;
    own.note({ ...note, isPart: true });
    const update: InformerEvent<KubernetesObject> = { type: 'updated', object: version(3), oldObject: version(2) };
    expect(own.isOwn(update)).toBe(false);
    own.note({ ...note, isPart: false });
    expect(own.isOwn(update)).toBe(true);
    expect(own.isOwn({ type: 'added', object: version(3), isInInitialList: false })).toBe(false);
    expect(own.isOwn({ type: 'deleted', object: version(3), finalStateUnknown: false })).toBe(false);
    expect(own.isOwn({ type: 'updated', object: version(3, 'other'), oldObject: version(2, 'other') })).toBe(false);
  });
});
