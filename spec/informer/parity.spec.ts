import fc from 'fast-check';
import { concat, defer, Subject, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  type EventHandlerRegistration,
  type KubernetesObject,
  seconds,
  sharedInformer,
  type SharedInformer,
  type WatchFrame,
} from 'kuberx';
import {
  added,
  buildObject,
  deleted,
  errorFrame,
  fakeListerWatcher,
  initialEventsEnd,
  modified,
  open,
} from 'kuberx/testing';
import { inWords, play, random } from './scene.ts';

/** A server in the hands of a spec: what it has, and what its watch says now. */
function scripted(): {
  readonly informer: SharedInformer<KubernetesObject>;
  readonly openRequests: () => number;
  /** What a list finds. */
  readonly truth: Map<string, KubernetesObject>;
  /** Counts the changes, those that nobody is told of too. */
  readonly nextVersion: () => string;
  /** Lets happen what is due now. */
  readonly turn: () => void;
  readonly send: (...frames: WatchFrame<KubernetesObject>[]) => void;
  /** Ends the watch as too old, which leads to a list. */
  readonly expire: () => void;
} {
  const scheduler = new VirtualTimeScheduler();
  const truth = new Map<string, KubernetesObject>();
  let current$ = new Subject<WatchFrame<KubernetesObject>>();
  let version = 10;
  const state = (): WatchFrame<KubernetesObject>[] => [
    open,
    ...Array.from(truth.values(), added),
    initialEventsEnd(String(version)),
  ];
  const server = fakeListerWatcher(() => {
    current$ = new Subject();
    return { watch: concat(defer(state), current$) };
  });
  const send = (...frames: WatchFrame<KubernetesObject>[]): void => frames.forEach((frame) => current$.next(frame));
  const flushFor = (time: number): void => {
    scheduler.maxFrames = scheduler.frame + time;
    scheduler.flush();
  };
  return {
    turn: () => flushFor(0),
    informer: sharedInformer<KubernetesObject>(server, { random, scheduler }),
    openRequests: () => server.openRequests,
    truth,
    nextVersion: () => String(++version),
    send,
    expire: () => {
      send(errorFrame(410, 'Expired'));
      // Longer than the longest delay.
      flushFor(seconds(35));
    },
  };
}

describe('what client-go pins of the shared informer', () => {
  it('tells what changed while a watch was lost to everyone, and repeats the rest only to those who resync', () => {
    // TestSharedInformerWatchDisruption
    const lines = play(['oabm-x', 'oAbcn'], ({ informer, note, at }) => {
      const registrations = [0, seconds(5)].map((resyncPeriod) =>
        informer.addEventHandler(
          {
            onAdd: ({ metadata }) => note(`${resyncPeriod}: add ${metadata.name}`),
            onUpdate: (old, { metadata }) =>
              note(
                `${resyncPeriod}: ${old.metadata.resourceVersion === metadata.resourceVersion ? 'repeat' : 'update'} ${metadata.name}`,
              ),
          },
          { resyncPeriod },
        ),
      );
      at(seconds(6), () => registrations.forEach((each) => each.remove()));
    });
    const whatFollows = lines.slice(4).map((line) => line.replace(/^\d+: /, ''));
    expect(whatFollows.slice(0, 4)).toEqual(['0: update a', '0: add c', '5000: update a', '5000: add c']);
    expect(whatFollows.slice(4).sort()).toEqual(['5000: repeat a', '5000: repeat b', '5000: repeat c']);
  });

  it('gives each of many handlers that come and go under events a whole history of its own', () => {
    // TestSharedInformerHandlerAbuse
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('add', 'remove', 'event'), fc.nat(3)), { minLength: 20, maxLength: 200 }),
        (steps) => {
          const { informer, send, turn, openRequests, truth, nextVersion } = scripted();
          const handlers: { readonly seen: Map<string, number>; readonly registration: EventHandlerRegistration }[] =
            [];
          truth.set('default/o0', buildObject('default/o0', '1'));
          const connection = informer.connect();
          for (const [step, n] of steps) {
            if (step === 'event') send(modified(buildObject(`default/o${n}`, nextVersion())));
            else if (step === 'remove') handlers.splice(n, 1)[0]?.registration.remove();
            else {
              const seen = new Map<string, number>();
              const registration = informer.addEventHandler({
                onAdd: ({ metadata }) => {
                  expect(seen.has(metadata.name)).toBe(false);
                  seen.set(metadata.name, Number(metadata.resourceVersion));
                },
                onUpdate: (old, { metadata }) => {
                  expect(seen.get(metadata.name)).toBe(Number(old.metadata.resourceVersion));
                  seen.set(metadata.name, Number(metadata.resourceVersion));
                },
              });
              handlers.push({ seen, registration });
            }
            // The first call of a handler comes later than what returned it.
            turn();
          }
          const stored = informer.lister
            .list()
            .map(({ metadata }) => [metadata.name, Number(metadata.resourceVersion)]);
          for (const { seen, registration } of handlers) {
            expect([...seen].sort()).toEqual(stored.sort());
            registration.remove();
          }
          connection.unsubscribe();
          expect(openRequests()).toBe(0);
        },
      ),
    );
  });

  it('tells of legal transitions only, and of all of them, whatever is lost in between', () => {
    // TestUpdate: an object is told as it was, one step after the other, through relists too.
    const step = fc.tuple(fc.constantFrom('set', 'delete', 'recreate', 'lose'), fc.nat(3));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { informer, truth, nextVersion, send, expire } = scripted();
        const view = new Map<string, KubernetesObject>();
        const subscription = informer.events$.subscribe((event) => {
          const { name } = event.object.metadata;
          const known = view.get(name);
          if (event.type === 'added') expect(known).toBeUndefined();
          if (event.type === 'updated') expect(known).toBe(event.oldObject);
          if (event.type === 'deleted') expect(known?.metadata.uid).toBe(event.object.metadata.uid);
          if (event.type === 'deleted') view.delete(name);
          else view.set(name, event.object);
        });
        let isLost = false;
        const tell = (frame: WatchFrame<KubernetesObject>): void => {
          if (!isLost) send(frame);
        };
        const put = (key: string, uid: string, frame: typeof added): void => {
          truth.set(key, buildObject(key, nextVersion(), { metadata: { uid } }));
          tell(frame(truth.get(key)!));
        };
        for (const [what, n] of [...steps, ['lose', 0] as const, ['lose', 0] as const]) {
          const key = `default/o${n}`;
          const uid = truth.get(key)?.metadata.uid;
          if (what === 'set') put(key, uid ?? `uid at ${nextVersion()}`, uid === undefined ? added : modified);
          // Told as one change: the deletion before it was missed.
          else if (what === 'recreate') put(key, `uid at ${nextVersion()}`, added);
          else if (what === 'delete' && uid !== undefined) {
            truth.delete(key);
            tell(deleted(buildObject(key, nextVersion(), { metadata: { uid } })));
          } else if (what === 'lose') {
            if (isLost) expire();
            isLost = !isLost;
          }
          if (!isLost) expect(new Set(view.values())).toEqual(new Set(truth.values()));
        }
        if (isLost) expire();
        expect(new Set(view.values())).toEqual(new Set(truth.values()));
        expect(new Set(informer.lister.list())).toEqual(new Set(truth.values()));
        subscription.unsubscribe();
      }),
    );
  });

  it('keeps the version of the store with updates and deletions', () => {
    // TestStoreResourceVersion
    play(['oabm-A-d'], ({ informer, at }) => {
      const connection = informer.connect();
      at(6, () => expect(informer.snapshot$.value.resourceVersion).toBe('6'));
      at(8, () => {
        expect(informer.snapshot$.value.resourceVersion).toBe('9');
        connection.unsubscribe();
      });
    });
  });

  it('has the state at its new version while it tells a relist', () => {
    // TestReplaceEvents, TestResetWatch
    const seen: string[] = [];
    play(['oabm-x', 'oAcn'], ({ informer, at }) => {
      const registration = informer.events$.subscribe((event) => {
        const { resourceVersion, size } = informer.snapshot$.value;
        seen.push(`${inWords(event)}: ${size} at ${resourceVersion ?? ''}`);
      });
      at(seconds(2), () => registration.unsubscribe());
    });
    expect(seen.slice(2)).toEqual(['deleted b@3 unseen: 2 at 25', 'updated a@4 to a@6: 2 at 25', 'added c@8: 2 at 25']);
  });
});
