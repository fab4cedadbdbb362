import { map, of } from 'rxjs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type ChangedPart, filterChanged, type InformerEvent, type MergedEvent, type ObjectMeta } from 'kuberx';
import { type Pod, pod } from '../../store/pods.ts';
import { event, events, marbles, word, wordsOf } from '../events.ts';

/** What passes of an update from one metadata to another, at the next version. */
function passes(part: ChangedPart<Pod>, before: Partial<ObjectMeta>, after: Partial<ObjectMeta>): boolean {
  const update: InformerEvent<Pod> = {
    type: 'updated',
    oldObject: pod('a', { version: 1, metadata: before }),
    object: pod('a', { version: 2, metadata: after }),
  };
  let count = 0;
  of(update)
    .pipe(filterChanged(part))
    .subscribe(() => count++);
  return count === 1;
}

describe('filterChanged', () => {
  it.each(['generation', 'labels', 'annotations', () => 'constant'] as const)(
    'lets additions, deletions and other uids pass, and no resync, whatever it looks at: %s',
    (part) => {
      marbles(({ hot, expectObservable, expectSubscriptions }) => {
        const told = {
          ...events('+a@1! ~a@1 -a@2 +a@3 -a@4? +a@5:new'),
          g: {
            type: 'updated',
            oldObject: pod('a', { version: 1, metadata: { generation: 1 } }),
            object: pod('a', { version: 2, uid: 'new', metadata: { generation: 1 } }),
          } as const,
        };
        const told$ = hot('  -a-b-c-d-e-f-g-|', told);
        const subscription = '^--------------!';
        const expected = '    -a---c-d-e-f-g-|';
        expectObservable(told$.pipe(filterChanged(part))).toBe(expected, told);
        expectSubscriptions(told$.subscriptions).toBe(subscription);
      });
    },
  );

  it.each<[string, ChangedPart<Pod>, Partial<ObjectMeta>, Partial<ObjectMeta>, boolean]>([
    ['another generation', 'generation', { generation: 1 }, { generation: 2 }, true],
    ['the same generation', 'generation', { generation: 1 }, { generation: 1 }, false],
    ['a first generation', 'generation', {}, { generation: 1 }, true],
    ['no generation, which tells nothing', 'generation', {}, {}, true],
    ['another value of a label', 'labels', { labels: { app: 'a' } }, { labels: { app: 'b' } }, true],
    ['one label more', 'labels', { labels: { app: 'a' } }, { labels: { app: 'a', tier: 'web' } }, true],
    ['the first label', 'labels', {}, { labels: { app: 'a' } }, true],
    ['labels that are gone', 'labels', { labels: { app: 'a' } }, {}, true],
    [
      'the same labels in another order',
      'labels',
      { labels: { a: '1', b: '2' } },
      { labels: { b: '2', a: '1' } },
      false,
    ],
    ['no labels in two ways', 'labels', { labels: {} }, {}, false],
    ['another annotation', 'annotations', { annotations: { note: 'a' } }, { annotations: { note: 'b' } }, true],
    ['another label, where annotations count', 'annotations', { labels: { a: '1' } }, { labels: { a: '2' } }, false],
    ['what a function finds', ({ metadata }) => metadata.finalizers, {}, { finalizers: ['x'] }, true],
    ['what a function finds by value', ({ metadata }) => [metadata.name], {}, {}, false],
    ['what a function finds that is not JSON', () => new Date(), {}, {}, true],
  ])('looks at %s', (_, part, before, after, expected) => {
    expect(passes(part, before, after)).toBe(expected);
  });

  it('lets an update pass if one of several parts has changed', () => {
    const update = (generation: number, app: string): Pod => pod('a', { metadata: { generation, labels: { app } } });
    const heard: string[] = [];
    of(update(1, 'x'), update(1, 'y'), update(2, 'x'))
      .pipe(
        map((object): InformerEvent<Pod> => ({ type: 'updated', oldObject: update(1, 'x'), object })),
        filterChanged('generation', 'labels'),
      )
      .subscribe(({ object }) => heard.push(`${object.metadata.generation} ${object.metadata.labels?.['app']}`));
    expect(heard).toEqual(['1 y', '2 x']);
  });

  it('refuses what is not a part, and no parts at all, which would swallow every update', () => {
    expect(() => filterChanged('spec' as never)).toThrow(/generation, labels, annotations or a function, not "spec"/);
    expect(() => filterChanged(null as never)).toThrow(/not null/);
    expect(() => filterChanged(...([] as never as ['labels']))).toThrow(TypeError);
  });

  it('remembers nothing: what was swallowed is compared with what follows', () => {
    marbles(({ cold, expectObservable }) => {
      const at = (version: number, generation: number): Pod => pod('a', { version, metadata: { generation } });
      const told = {
        a: { type: 'updated', oldObject: at(1, 1), object: at(2, 1) },
        b: { type: 'updated', oldObject: at(2, 1), object: at(3, 2) },
      } as const;
      expectObservable(cold('-a-b-', told).pipe(filterChanged('generation'), map(word))).toBe('---b-', {
        b: '~a@2>3',
      });
    });
  });

  it('ends with what a function throws, and with the errors of the source', () => {
    marbles(({ cold, expectObservable }) => {
      const thrown = new Error('thrown');
      function part(): never {
        throw thrown;
      }
      expectObservable(cold('-a-b', events('+a@1 ~a@1>2')).pipe(filterChanged(part), map(word))).toBe(
        '-a-#',
        wordsOf('+a@1'),
        thrown,
      );
      expectObservable(cold<InformerEvent<Pod>>('-#', undefined, thrown).pipe(filterChanged('labels'))).toBe(
        '-#',
        undefined,
        thrown,
      );
    });
  });

  it('knows the type of its events, those of merged informers too', () => {
    of(event('blue/+a@1') as MergedEvent<Pod, 'blue'>)
      .pipe(filterChanged((object) => object.spec?.nodeName))
      .subscribe((each) => {
        expectTypeOf(each.part).toEqualTypeOf<'blue'>();
        expectTypeOf(each.object).toEqualTypeOf<Pod>();
        expect(word(each)).toBe('blue/+a@1');
      });
  });
});
