import { concat, defer, NEVER, of } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import {
  type KubernetesObject,
  type ListerWatcher,
  recipe,
  sharedInformer,
  type Transform,
  TransformError,
} from 'kuberx';
import { awaitable } from 'kuberx/http';
import { added, buildObject, fakeListerWatcher, page } from 'kuberx/testing';
import { inWords, play } from './scene.ts';

const nameOf = ({ metadata }: KubernetesObject): string => `${metadata.name}@${metadata.resourceVersion ?? ''}`;

/** Marks each object, and fails for those whose version is one of these. */
const failingFor =
  (...versions: string[]): Transform<KubernetesObject> =>
  (object) => {
    if (versions.includes(object.metadata.resourceVersion ?? '')) throw new Error('cannot transform this');
    return { ...object, seen: true };
  };

/** Plays watches with a transform, and returns the events in words, the errors, and what is stored in the end. */
function transformed(
  transform: Transform<KubernetesObject>,
  ...watches: string[]
): { events: string[]; errors: string[]; stored: readonly KubernetesObject[] } {
  const errors: TransformError[] = [];
  let stored: readonly KubernetesObject[] = [];
  const events = play(
    watches,
    ({ informer, note, at }) => {
      const subscription = informer.events$.subscribe((event) => note(inWords(event)));
      at(5000, () => {
        stored = informer.lister.list();
        expect(informer.status$.value.objectErrors).toBe(errors.length);
        expect(informer.status$.value.lastObjectError).toBe(errors.at(-1));
        subscription.unsubscribe();
      });
    },
    { transform, onTransformError: (error) => errors.push(error) },
  ).map((line) => line.replace(/^\d+: /, ''));
  return { events, errors: errors.map(({ message }) => message), stored };
}

describe('transform', () => {
  it('comes before the store, the indexes, and everybody who sees an object', () => {
    const { events, errors, stored } = transformed(
      ({ metadata, ...rest }) => ({ ...rest, metadata: { ...metadata, name: metadata.name.toUpperCase() } }),
      'oabm-A-d',
    );
    expect(events).toEqual(['added A@4 initial', 'added B@3 initial', 'updated A@4 to A@6', 'deleted B@9']);
    expect(errors).toEqual([]);
    expect(stored.map(nameOf)).toEqual(['A@6']);
  });

  it('is called once for each object that arrives, deletions included', () => {
    const transform = vi.fn((object: KubernetesObject) => object);
    transformed(transform, 'oabm-A-d-x', 'oAcn');
    expect(transform.mock.calls.map(([object]) => nameOf(object))).toEqual(['a@4', 'b@3', 'a@6', 'b@9', 'a@6', 'c@8']);
  });

  it('is called for the objects of pages as for those of streams', () => {
    const informer = sharedInformer(
      fakeListerWatcher([{ list: of(page([buildObject('default/a', '1')], '1')) }, { watch: NEVER }]),
      { streaming: false, transform: (object) => ({ ...object, seen: true }) },
    );
    const connection = informer.connect();
    expect(informer.lister.list()).toEqual([{ ...buildObject('default/a', '1'), seen: true }]);
    connection.unsubscribe();
  });

  it('leaves out just the object that it fails on', () => {
    const { events, errors, stored } = transformed(failingFor('3'), 'oabm-c');
    expect(events).toEqual(['added a@4 initial', 'added c@8']);
    expect(errors).toEqual(['v1/pods: the transform of default/b threw; what is stored of it stays as it is']);
    expect(stored.map(nameOf)).toEqual(['a@4', 'c@8']);
  });

  it('takes it in as soon as it can be transformed', () => {
    expect(transformed(failingFor('3'), 'oabm-B').events).toEqual(['added a@4 initial', 'added b@7']);
  });

  it('keeps what is stored of an object whose new state it fails on, through a relist as well', () => {
    const { events, errors, stored } = transformed(failingFor('6'), 'oabm-A-x', 'oAbn');
    expect(events).toEqual(['added a@4 initial', 'added b@3 initial']);
    expect(errors).toHaveLength(2);
    expect(stored.map(nameOf)).toEqual(['a@4', 'b@3']);
  });

  it('takes nothing of another uid for what is stored of an object', () => {
    const { events } = transformed(failingFor('10'), 'oabm-x', 'oebn');
    expect(events).toEqual(['added a@4 initial', 'added b@3 initial', 'deleted a@4 unseen']);
  });

  it('never loses a deletion', () => {
    const { events, stored } = transformed(failingFor('9'), 'oabm-d');
    expect(events).toEqual(['added a@4 initial', 'added b@3 initial', 'deleted b@3']);
    expect(stored.map(nameOf)).toEqual(['a@4']);
  });

  it('goes on from the version of an object that was left out', () => {
    play(
      ['oam-c-x', 'oan'],
      ({ informer, at, server }) => {
        const connection = informer.connect();
        at(5, () => expect(informer.snapshot$.value.resourceVersion).toBe('8'));
        at(2000, () => {
          expect(server.requests[1]?.options.resourceVersion).toBe('8');
          connection.unsubscribe();
        });
      },
      { transform: failingFor('8'), onTransformError: () => undefined },
    );
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'pod'],
    ['an object without a name', { apiVersion: 'v1', kind: 'Pod', metadata: {} }],
  ])('takes %s for a failure', (_, result) => {
    const { errors, stored } = transformed(() => result as never, 'oam');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^v1\/pods: the transform of default\/a returned what cannot be stored/);
    expect(stored).toEqual([]);
  });

  it('prints failures where nobody asks for them', () => {
    const print = vi.spyOn(console, 'error').mockReturnValue();
    play(
      ['oam'],
      ({ informer, at }) => {
        const connection = informer.connect();
        at(3, () => connection.unsubscribe());
      },
      { transform: failingFor('4') },
    );
    expect(print.mock.calls).toEqual([[expect.any(TransformError)]]);
    print.mockRestore();
  });

  it('is given a copy of what came, frozen or not, unless it is a recipe', () => {
    const labels = Object.freeze({ app: 'web' });
    const arrived = buildObject('default/a', '1', { metadata: { labels } });
    const storedBy = (transform: Transform<KubernetesObject>): KubernetesObject | undefined => {
      const pods = fakeListerWatcher([{ list: of(page([arrived], '1')) }, { watch: NEVER }]);
      const informer = sharedInformer(pods, { streaming: false, transform });
      informer.connect().unsubscribe();
      return informer.lister.list('mine=yes')[0];
    };
    const given: unknown[] = [];
    const inPlace: Transform<KubernetesObject> = (object) => {
      given.push(object);
      object.metadata.labels!['mine'] = 'yes';
      return object;
    };
    const byRecipe = recipe<KubernetesObject>((draft) => {
      draft.metadata.labels!['mine'] = 'yes';
    });
    expect(storedBy(inPlace)).toEqual(storedBy(byRecipe));
    expect(storedBy(inPlace)?.metadata.labels).toEqual({ app: 'web', mine: 'yes' });
    expect(given).not.toContain(arrived);
    expect(arrived).toEqual(buildObject('default/a', '1', { metadata: { labels: { app: 'web' } } }));
  });

  it('is frozen in what it returns, at every depth', () => {
    const labels = { kept: 'outside' };
    const { stored } = transformed((object) => ({ ...object, metadata: { ...object.metadata, labels } }), 'oam');
    expect(Object.isFrozen(stored[0]?.metadata.labels)).toBe(true);
  });

  it('may change the type of what is stored', () => {
    interface Named extends KubernetesObject {
      readonly length: number;
    }
    const pods: ListerWatcher<KubernetesObject> = fakeListerWatcher([
      { list: of(page([buildObject('default/abc', '1')], '1')) },
      { watch: concat(of(added(buildObject('default/d', '2'))), NEVER) },
    ]);
    const informer = sharedInformer(pods, {
      streaming: false,
      transform: (object): Named => ({ ...object, length: object.metadata.name.length }),
    });
    const connection = informer.connect();
    const lengths: number[] = informer.lister.list().map(({ length }) => length);
    expect(lengths).toEqual([3, 1]);
    connection.unsubscribe();
  });
});

describe('recipe', () => {
  const object = buildObject('default/a', '1', { metadata: { labels: { app: 'web' } }, spec: { nodeName: 'one' } });

  it('changes a draft, and shares what it did not touch', () => {
    const changed = recipe<KubernetesObject>((draft) => {
      delete draft.metadata.labels;
    })(object);
    expect(changed.metadata).not.toHaveProperty('labels');
    expect(object.metadata.labels).toEqual({ app: 'web' });
    expect((changed as { spec?: unknown }).spec).toBe((object as { spec?: unknown }).spec);
  });

  it('returns the object itself where nothing was changed', () => {
    expect(recipe<KubernetesObject>(() => undefined)(object)).toBe(object);
  });

  it('freezes nothing, so that what is stored can be shared first', () => {
    const changed = recipe<KubernetesObject>((draft) => {
      draft.kind = 'Other';
    })(buildObject('default/a', '1'));
    expect(Object.isFrozen(changed)).toBe(false);
    expect(Object.isFrozen(changed.metadata)).toBe(false);
  });

  it('is no async function: its promise is refused, and the failure of that ends no process', () => {
    const then = vi.fn();
    const { errors, stored } = transformed(() => ({ then }) as never, 'oabm-A');
    expect(stored).toEqual([]);
    expect(errors).not.toEqual([]);
    expect(then).toHaveBeenCalledWith(undefined, expect.any(Function));
  });

  it('fails where it returns a promise, which would come too late, and hears how that ends', () => {
    const then = vi.fn();
    const transform = recipe<KubernetesObject>(() => ({ then }) as never);
    expect(() => transform(buildObject('default/a', '1'))).toThrow(/a recipe returned a promise/);
    // Else the error at the revoked draft would end the process.
    expect(then).toHaveBeenCalledExactlyOnceWith(undefined, expect.any(Function));
  });

  it('fails where it returns an Observable, and does not send it, even where it could be awaited', () => {
    const subscribed = vi.fn();
    const transform = recipe<KubernetesObject>(() => awaitable(defer(subscribed)) as never);
    expect(() => transform(buildObject('default/a', '1'))).toThrow(/a recipe returned an Observable/);
    expect(subscribed).not.toHaveBeenCalled();
  });

  it('is a transform of an informer', () => {
    const { stored } = transformed(
      recipe((draft) => {
        draft.metadata.annotations = { marked: 'yes' };
      }),
      'oabm-A',
    );
    expect(stored.map(({ metadata }) => metadata.annotations)).toEqual([{ marked: 'yes' }, { marked: 'yes' }]);
  });
});
