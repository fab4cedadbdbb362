import { map, type Observable, Subject, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { conflateByKey, type InformerEvent } from 'kuberx';
import { type Pod, pod } from '../../store/pods.ts';
import { event, events, marbles, word, wordsOf } from '../events.ts';

/** The word of an event, five frames later. */
function later(told: InformerEvent<Pod>): Observable<string> {
  return timer(5).pipe(map(() => word(told)));
}

describe('conflateByKey', () => {
  it.each([
    ['hands on what the consumer has time for', '+a@1', '-a---------|', '------a----|', '+a@1'],
    [
      'added, updated: added, with the latest object',
      '+b@1 +a@1! ~a@1>2',
      '-(abc)---|',
      '------a----(b|)',
      '+b@1 +a@2!',
    ],
    ['added, deleted: nothing', '+b@1 +a@1 -a@2', '-(abc)---|', '------a--|', '+b@1'],
    [
      'updated twice: updated from the object that it saw last',
      '+a@1 ~a@1>2 ~a@2>3',
      '-(abc)---|',
      '------a----(b|)',
      '+a@1 ~a@1>3',
    ],
    ['updated, deleted: deleted', '+a@1 ~a@1>2 -a@3', '-(abc)---|', '------a----(b|)', '+a@1 -a@3'],
    ['deleted, another: both', '+a@1 -a@2 +a@3:new', '-(abc)---|', '------a----b----(c|)', '+a@1 -a@2 +a@3:new'],
    [
      'deleted, back: updated from the object that it saw last',
      '+a@1 -a@2 +a@3',
      '-(abc)---|',
      '------a----(b|)',
      '+a@1 ~a@1>3',
    ],
    [
      'another, which changes while the deletion is in process: added, with the latest object',
      '+a@1 -a@2 +a@3:new ~a@3>4:new',
      '-(abc)---d---|',
      '------a----b----(c|)',
      '+a@1 -a@2 +a@4:new',
    ],
    [
      'another, which goes while the deletion is in process: nothing more',
      '+a@1 -a@2 +a@3:new -a@4:new',
      '-(abc)---d---|',
      '------a----b-|',
      '+a@1 -a@2',
    ],
    [
      'keys take turns: one that changes while it is in process waits behind those that wait',
      '+a@1 +b@1 ~a@1>2 +c@1',
      '-(abcd)---|',
      '------a----b----c----(d|)',
      '+a@1 +b@1 +c@1 ~a@1>2',
    ],
    [
      'an update from what was kept from it: from the object that it saw last',
      '+a@1 ~a@2>3',
      '-a---b--|',
      '------a----(b|)',
      '+a@1 ~a@1>3',
    ],
    [
      'an update of what it never saw: as it was told',
      '~a@1>2 ~a@2>3',
      '-a---b---|',
      '------a----(b|)',
      '~a@1>2 ~a@2>3',
    ],
    ['a deletion of what it never saw: as it was told', '-a@2?', '-a-|', '------(a|)', '-a@2?'],
    ['a resync: the same object twice', '+a@1 ~a@1', '-a------b-|', '------a------(b|)', '+a@1 ~a@1'],
  ])('conflates: %s', (_, told, source, expected, words) => {
    marbles(({ hot, expectObservable }) => {
      expectObservable(hot(source, events(told)).pipe(conflateByKey(later))).toBe(expected, wordsOf(words));
    });
  });

  it('ends with the error of a project, and gives up what else is in process', () => {
    marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const told$ = hot('  -(ab)-c-', events('+a@1 +b@1 +c@1'));
      const well$ = cold('  ---------|');
      const ill$ = cold('   ---#', undefined, new Error('b is ill'));
      const subscription = '^---!';
      const expected = '    ----#';
      function project({ object }: InformerEvent<Pod>): Observable<string> {
        return object.metadata.name === 'b' ? ill$ : well$;
      }
      const result$ = told$.pipe(conflateByKey(project, { concurrency: 2 }));
      expectObservable(result$).toBe(expected, undefined, new Error('b is ill'));
      expectSubscriptions(told$.subscriptions).toBe(subscription);
      expectSubscriptions(well$.subscriptions).toBe('-^--!');
    });
  });

  it('ends with what a project throws', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const told$ = hot('  -a-', events('+a@1'));
      const subscription = '^!';
      const expected = '    -#';
      function project(): never {
        throw new Error('thrown');
      }
      expectObservable(told$.pipe(conflateByKey(project))).toBe(expected, undefined, new Error('thrown'));
      expectSubscriptions(told$.subscriptions).toBe(subscription);
    });
  });

  it('holds what waits by the live keys, however many come and goes meanwhile', () => {
    const told$ = new Subject<InformerEvent<Pod>>();
    const first$ = new Subject<never>();
    const heard: string[] = [];
    told$
      .pipe(
        conflateByKey((each) => {
          heard.push(word(each));
          return heard.length === 1 ? first$ : [];
        }),
      )
      .subscribe();
    told$.next(event('+busy@1'));
    for (let index = 0; index < 1000; index++) {
      const object = pod(`p${index}`, { version: 1 });
      told$.next({ type: 'added', object, isInInitialList: false });
      told$.next({ type: 'updated', object: pod(`p${index}`, { version: 2 }), oldObject: object });
      if (index !== 500) told$.next({ type: 'deleted', object, finalStateUnknown: false });
    }
    first$.complete();
    expect(heard).toEqual(['+busy@1', '+p500@2']);
  });

  it('hands on the very objects, and the one that was handed on before as the old one', () => {
    const told$ = new Subject<InformerEvent<Pod>>();
    const heard: InformerEvent<Pod>[] = [];
    told$.pipe(conflateByKey((each) => [heard.push(each)])).subscribe();
    const [first, final, back] = ['1', '2', '3'].map((version) => pod('a', { version })) as [Pod, Pod, Pod];
    told$.next({ type: 'added', object: first, isInInitialList: true });
    told$.next({ type: 'updated', object: back, oldObject: final });
    expect(heard[0]?.object).toBe(first);
    expect(heard[1]?.object).toBe(back);
    expect((heard[1] as { oldObject: Pod }).oldObject).toBe(first);
  });
});
