import {
  asyncScheduler,
  concat,
  EMPTY,
  finalize,
  from,
  map,
  merge,
  NEVER,
  Observable,
  type ObservableInput,
  of,
  range,
  Subject,
  type Subscriber,
  take,
  tap,
  timer,
} from 'rxjs';
import { describe, expect, it } from 'vitest';
import { concatMapByKey, conflateByKey, type InformerEvent, type KubernetesObject, StoreError } from 'kuberx';
import { type Pod, pod } from '../store/pods.ts';
import { event, events, marbles, word, wordsOf } from '../informer/events.ts';

/** The word of an event, five frames later. */
function later(told: InformerEvent<Pod>): Observable<string> {
  return timer(5).pipe(map(() => word(told)));
}

/** What adds pods of so many names, in turns. */
function additions(count: number, names: number): Observable<InformerEvent<Pod>> {
  const pods = Array.from({ length: names }, (_, index) => pod(`p${index}`, { version: 1 }));
  return range(0, count).pipe(
    map((index) => ({ type: 'added', object: pods[index % names]!, isInInitialList: false })),
  );
}

describe.each([
  ['conflateByKey', conflateByKey],
  ['concatMapByKey', concatMapByKey],
])('%s, as a flattening operator', (_, operator) => {
  it('projects one at a time by default, in order, and completes when the last is done', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const told$ = hot('  -(abc)--|          ', events('+a@1 +b@1 +c@1'));
      const subscription = '^-------!          ';
      const expected = '    ------a----b----(c|)';
      expectObservable(told$.pipe(operator(later))).toBe(expected, wordsOf('+a@1 +b@1 +c@1'));
      expectSubscriptions(told$.subscriptions).toBe(subscription);
    });
  });

  it('projects as many at a time as are allowed', () => {
    marbles(({ hot, expectObservable }) => {
      const words = '+a@1 +b@1 +c@1 +d@1 +e@1';
      const told$ = hot('-(abcde)------|', events(words));
      const two$ = told$.pipe(operator(later, { concurrency: 2 }));
      const all$ = told$.pipe(operator(later, { concurrency: Infinity }));
      expectObservable(two$).toBe('------(ab)-(cd)-(e|)', wordsOf(words));
      expectObservable(all$).toBe('------(abcde)-|', wordsOf(words));
    });
  });

  describe('where a project is done at once', () => {
    /** What is told, with the time, where the projects named `n…` are done at once and give what `give` makes of values. */
    function told(give: (values: readonly string[]) => ObservableInput<string>, concurrency: number): string[] {
      const lines: string[] = [];
      marbles(({ hot, cold, flush }) => {
        const words = '+n1@1 +a@1 +n1@2 +n2@1 +n3@1 +a@2 +b@1 +n2@2';
        const told$ = hot('-(abcd)--(ef)-(gh)-|', events(words));
        const again$ = new Subject<InformerEvent<Pod>>();
        function project(each: InformerEvent<Pod>): ObservableInput<string> {
          const { name, resourceVersion } = each.object.metadata;
          lines.push(`${asyncScheduler.now()} begin ${name}`);
          // From within a project, one more of the same key and one of another.
          if (name === 'n3') for (const more of ['+n3@2', '+c@1']) again$.next(event(more));
          if (!name.startsWith('n')) return cold('--x|').pipe(map(() => word(each)));
          return give(name === 'n2' && resourceVersion === '1' ? [] : [`${word(each)} 1`, `${word(each)} 2`]);
        }
        merge(told$, again$.pipe(take(2)))
          .pipe(operator(project, { concurrency }))
          .subscribe({
            next: (value) => lines.push(`${asyncScheduler.now()} ${value}`),
            complete: () => lines.push(`${asyncScheduler.now()} complete`),
          });
        flush();
      });
      return lines;
    }

    it.each([1, 2, Infinity])('does not make it differ from one that is done when it completes (%d at a time)', (n) => {
      const [first, ...others] = [
        told((values) => from(values).pipe(map((value) => value)), n),
        told((values) => [...values], n),
        told((values) => (values.length > 0 ? of(...values) : EMPTY), n),
      ];
      expect(first.length).toBeGreaterThan(20);
      for (const other of others) expect(other).toEqual(first);
    });

    it('stops in the middle of what it gives where its subscriber does', () => {
      const given: string[] = [];
      const values = ['1', '2', '3'];
      additions(2, 2)
        .pipe(
          operator(() => values),
          tap((value) => given.push(value)),
          take(2),
        )
        .subscribe();
      expect(given).toEqual(['1', '2']);
    });

    it.each([
      ['throws', () => { throw new Error('no'); }], // prettier-ignore
      ['gives what cannot be read', () => Object.defineProperty(['1'], '0', { get: () => { throw new Error('no'); } })], // prettier-ignore
      ['gives nothing that can be subscribed to', () => undefined],
    ])('ends with the error where it %s', (_how, project) => {
      const heard: string[] = [];
      additions(2, 2)
        .pipe(operator(project as () => string[]))
        .subscribe({ next: (value) => heard.push(value), error: (error: unknown) => heard.push(String(error)) });
      expect(heard).toHaveLength(1);
      expect(heard[0]).toMatch(/no|You provided 'undefined' where a stream was expected/);
    });
  });

  it('never projects two of a key at a time, whatever the concurrency', () => {
    marbles(({ hot, expectObservable }) => {
      const words = '+a@1 ~a@1>2 +b@1';
      const told$ = hot('-(abc)---|', events(words));
      const expected = ' ------(ac)-(b|)';
      expectObservable(told$.pipe(operator(later, { concurrency: Infinity }))).toBe(expected, wordsOf(words));
    });
  });

  it('takes the objects of different parts for different ones, whatever their keys', () => {
    marbles(({ hot, expectObservable }) => {
      const words = 'blue/+a@1 green/+a@7 blue/~a@1>2 green/-a@8 blue/~a@2>3';
      const told$ = hot('-(abcde)--|', events(words));
      const result$ = told$.pipe(operator(later, { concurrency: 2 }));
      const conflated = '------(ab)-((cd)|)'.replace('((cd)|)', '(cd|)');
      if (operator === conflateByKey)
        expectObservable(result$).toBe(conflated, wordsOf('blue/+a@1 green/+a@7 blue/~a@1>3 green/-a@8'));
      else expectObservable(result$).toBe('------(ab)-(cd)-(e|)', wordsOf(words));
    });
  });

  it('emits all that an Observable emits, until it completes, of whatever kind it is', async () => {
    const kinds = [of(1, 2), Promise.resolve(3), [4], EMPTY];
    const heard: number[] = [];
    await of(...['+a@1', '+b@1', '+c@1', '+d@1'].map(event))
      .pipe(operator(() => kinds.shift()!))
      .forEach((value) => heard.push(value));
    expect(heard).toEqual([1, 2, 3, 4]);
  });

  it('never ends where the source does not', () => {
    marbles(({ hot, expectObservable }) => {
      expectObservable(NEVER.pipe(operator(later))).toBe('---');
      expectObservable(hot('-a', events('+a@1')).pipe(operator(later))).toBe('------a---', wordsOf('+a@1'));
    });
  });

  it('completes with an empty source', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<InformerEvent<Pod>>('--|').pipe(operator(later))).toBe('--|');
      expectObservable(EMPTY.pipe(operator(later))).toBe('|');
    });
  });

  it('ends at once with an error of the source, and gives up what is in process', () => {
    marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const told$ = hot('-(ab)-#   ', events('+a@1 +b@1'));
      const inner$ = cold('-----x|');
      const inner = '     -^----!   ';
      const expected = '  ------#   ';
      expectObservable(told$.pipe(operator(() => inner$))).toBe(expected);
      expectSubscriptions(inner$.subscriptions).toBe(inner);
    });
  });

  it('unsubscribes from the source and from what is in process', () => {
    marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const told$ = hot('-(abc)----|', events('+a@1 +b@1 +c@1'));
      const inner$ = cold('--x-----|');
      const subscription = '^----!    ';
      const inner = '      -^---!    ';
      const expected = '   ---(xx)';
      const result$ = told$.pipe(operator(() => inner$, { concurrency: 2 }));
      expectObservable(result$, subscription).toBe(expected);
      expectSubscriptions(told$.subscriptions).toBe(subscription);
      expectSubscriptions(inner$.subscriptions).toBe([inner, inner]);
    });
  });

  it('stops a source and an inner Observable that would never stop, where its consumer has enough', () => {
    const forever$ = additions(Infinity, 3);
    const heard: string[] = [];
    forever$
      .pipe(
        operator((told) => [word(told)]),
        take(3),
      )
      .subscribe((each) => heard.push(each));
    expect(heard).toEqual(['+p0@1', '+p1@1', '+p2@1']);
    const counted: number[] = [];
    of(event('+a@1'))
      .pipe(
        operator(() => range(0, Infinity)),
        take(2),
      )
      .subscribe((each) => counted.push(each));
    expect(counted).toEqual([0, 1]);
  });

  it('starts anew with each subscriber', () => {
    marbles(({ cold, expectObservable }) => {
      const told$ = cold('-(ab)|', events('+a@1 ~a@1>2')).pipe(operator(later));
      const words = wordsOf('+a@1 ~a@1>2');
      expectObservable(told$, '^').toBe('------a----(b|)', words);
      expectObservable(told$, '-------^').toBe('-------------a----(b|)', words);
    });
  });

  it('takes events that come while it starts one, by a project that causes them', () => {
    const told$ = new Subject<InformerEvent<Pod>>();
    const heard: string[] = [];
    told$
      .pipe(
        operator((told) => {
          if (word(told) === '+a@1') {
            told$.next(event('~a@1>2'));
            told$.next(event('+b@1'));
            heard.push('started');
          }
          return [word(told)];
        }),
      )
      .subscribe((each) => heard.push(each));
    told$.next(event('+a@1'));
    expect(heard.toSorted()).toEqual(['+a@1', '+b@1', 'started', '~a@1>2']);
    expect(heard.slice(0, 2)).toEqual(['started', '+a@1']);
  });

  it('completes once, where the source completes within a project', () => {
    const told$ = new Subject<InformerEvent<Pod>>();
    const heard: string[] = [];
    told$
      .pipe(
        operator((told) => {
          told$.complete();
          return [word(told)];
        }),
      )
      .subscribe({ next: (each) => heard.push(each), complete: () => heard.push('complete') });
    told$.next(event('+a@1'));
    expect(heard).toEqual(['+a@1', 'complete']);
  });

  it('keeps nothing of what is done', () => {
    const told$ = new Subject<InformerEvent<Pod>>();
    const done$ = new Subject<void>();
    let finalized = 0;
    const subscription = told$
      .pipe(
        operator(
          () =>
            done$.pipe(
              take(1),
              finalize(() => finalized++),
            ),
          { concurrency: 2 },
        ),
      )
      .subscribe();
    for (let index = 0; index < 100; index++) {
      told$.next({ type: 'added', object: pod(`p${index}`), isInInitialList: false });
      done$.next();
    }
    expect(finalized).toBe(100);
    expect(done$.observed).toBe(false);
    subscription.unsubscribe();
    expect(told$.observed).toBe(false);
    expect(finalized).toBe(100);
  });

  it('ends with a typed error at an object that has no key', () => {
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: {} } as KubernetesObject;
    const errors: unknown[] = [];
    concat(of<InformerEvent<KubernetesObject>>({ type: 'added', object, isInInitialList: true }), NEVER)
      .pipe(operator(() => EMPTY))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.any(StoreError)]);
    expect(errors[0]).toMatchObject({ reason: 'MalformedObject' });
  });

  it.each([0, -1, 0.5, Number.NaN, null as never, 'two' as never])('refuses a concurrency of %s', (concurrency) => {
    expect(() => operator(() => EMPTY, { concurrency })).toThrow(RangeError);
    expect(() => operator(() => EMPTY, { concurrency })).toThrow(`concurrency is ${String(concurrency)}`);
  });

  describe('without overflow of the stack, nor time by the square of the items', () => {
    it.each([
      [1_000_000, 'of a thousand keys', 1000],
      [200_000, 'of one key', 1],
      [200_000, 'of as many keys', 200_000],
    ])('takes %i events %s, done as they start', (count, __, names) => {
      let started = 0;
      let hasCompleted = false;
      additions(count, names)
        .pipe(
          operator(() => {
            started++;
            return EMPTY;
          }),
        )
        .subscribe({ complete: () => (hasCompleted = true) });
      expect([started, hasCompleted]).toEqual([count, true]);
    });

    it.each([
      [200_000, 'of one key', 1, 1],
      [200_000, 'of as many keys', 200_000, 1],
      [200_000, 'of ten thousand keys, all of them busy', 10_000, Infinity],
    ])('takes %i events %s, that wait', (count, __, names, concurrency) => {
      const busy: Subscriber<never>[] = [];
      let started = 0;
      let hasCompleted = false;
      const work$ = new Observable<never>((subscriber) => {
        started++;
        if (started > Math.min(names, concurrency)) subscriber.complete();
        else busy.push(subscriber);
      });
      additions(count, names)
        .pipe(operator(() => work$, { concurrency }))
        .subscribe({ complete: () => (hasCompleted = true) });
      expect(busy).toHaveLength(Math.min(names, concurrency));
      busy.forEach((subscriber) => subscriber.complete());
      const changes = Math.min(2 * names, count);
      expect([started, hasCompleted]).toEqual([operator === concatMapByKey ? count : changes, true]);
    });
  });
});
