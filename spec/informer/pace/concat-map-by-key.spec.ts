import { delay, map, type Observable, of, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { concatMapByKey, HandlerError, type InformerEvent } from 'kuberx';
import { pod, type Pod } from '../../store/pods.ts';
import { event, events, marbles, word, wordsOf } from '../events.ts';

/** The word of an event, five frames later. */
function later(told: InformerEvent<Pod>): Observable<string> {
  return timer(5).pipe(map(() => word(told)));
}

/** Fails at the object `ill`, in five frames or by throwing at once. */
function failing(told: InformerEvent<Pod>): Observable<string> {
  if (told.object.metadata.name === 'ill') throw new Error('cannot do that');
  return later(told);
}

describe('concatMapByKey', () => {
  it('leaves nothing out, in order, however slow the consumer is', () => {
    marbles(({ hot, expectObservable }) => {
      const words = '+a@1 ~a@1>2 -a@3 +a@4:new';
      const told$ = hot('-(abcd)|', events(words));
      const expected = ' ------a----b----c----(d|)';
      expectObservable(told$.pipe(concatMapByKey(later))).toBe(expected, wordsOf(words));
    });
  });

  it('keeps the order across keys with a concurrency of 1', () => {
    marbles(({ hot, expectObservable }) => {
      const words = '+a@1 ~a@1>2 +b@1 ~a@2>3';
      const told$ = hot('-(abcd)|', events(words));
      const expected = ' ------a----b----c----(d|)';
      expectObservable(told$.pipe(concatMapByKey(later, { concurrency: 1 }))).toBe(expected, wordsOf(words));
    });
  });

  it('lets others go ahead of what waits for its key, and no further than that', () => {
    marbles(({ hot, expectObservable }) => {
      const words = '+a@1 ~a@1>2 ~a@2>3 +b@1 +c@1';
      const told$ = hot('-(abcde)|', events(words));
      const expected = ' ------(ad)-(be)-(c|)';
      expectObservable(told$.pipe(concatMapByKey(later, { concurrency: 2 }))).toBe(expected, wordsOf(words));
    });
  });

  it('prefers what stepped aside to what is in line when its key is done', () => {
    marbles(({ hot, expectObservable }) => {
      const words = '+a@1 ~a@1>2 +b@1 +c@1 +d@1';
      const told$ = hot('-(abcde)|', events(words));
      const pace: Readonly<Record<string, number>> = { '+a@1': 5, '+b@1': 10 };
      const result$ = told$.pipe(
        concatMapByKey((each) => of(word(each)).pipe(delay(pace[word(each)] ?? 5)), { concurrency: 2 }),
      );
      const expected = ' ------a----(cb)-(de|)';
      expectObservable(result$).toBe(expected, wordsOf(words));
    });
  });

  it('leaves out the resync of an object while one of it waits, and none of its changes', () => {
    marbles(({ hot, expectObservable }) => {
      const [a, b] = [pod('a'), pod('b')];
      const resync = (object: Pod): InformerEvent<Pod> => ({ type: 'updated', object, oldObject: object });
      const values = { a: resync(a), b: resync(b), c: event('~a@1>2'), d: event('-b@3') };
      const told$ = hot('-(ababacabd|)', values);
      const expected = ' ------a----b----a----c----(d|)';
      const words = { a: word(values.a), b: word(values.b), c: word(values.c), d: word(values.d) };
      expectObservable(told$.pipe(concatMapByKey(later))).toBe(expected, words);
    });
  });

  describe('with a project that fails', () => {
    it('ends with an error that names the event, and gives up the others', () => {
      marbles(({ hot, expectObservable, expectSubscriptions }) => {
        const told$ = hot('  -(abc)-', events('+a@1 +ill@1 +c@1'));
        const subscription = '^-----!';
        const expected = '    ------(a#)';
        const error = new HandlerError(event('+ill@1'), new Error('cannot do that'));
        expectObservable(told$.pipe(concatMapByKey(failing))).toBe(expected, wordsOf('+a@1'), error);
        expectSubscriptions(told$.subscriptions).toBe(subscription);
      });
    });

    it('tells onHandlerError of it, and goes on with the next one', () => {
      const told: HandlerError<Pod>[] = [];
      marbles(({ hot, expectObservable }) => {
        const told$ = hot('-(abc)|', events('+a@1 ~ill@1>2 +c@1'));
        const expected = ' ------a----(c|)';
        const result$ = told$.pipe(concatMapByKey(failing, { onHandlerError: (error) => told.push(error) }));
        expectObservable(result$).toBe(expected, wordsOf('+a@1 ~ill@1>2 +c@1'));
      });
      expect(told).toEqual([expect.any(HandlerError)]);
      expect(told[0]).toMatchObject({
        name: 'HandlerError',
        message: 'handling updated of default/ill failed, it is not tried again: cannot do that',
        key: 'default/ill',
        event: event('~ill@1>2'),
        cause: new Error('cannot do that'),
      });
    });

    it('goes on with the next event of the key too', () => {
      const told: string[] = [];
      marbles(({ hot, cold, expectObservable }) => {
        const told$ = hot('-(ab)--|', events('+a@1 ~a@1>2'));
        const expected = ' ----b--|';
        const result$ = told$.pipe(
          concatMapByKey((each) => cold(each.type === 'added' ? '--#' : '-b|', wordsOf('+a@1 ~a@1>2'), 'a reason'), {
            onHandlerError: (error) => told.push(error.message),
          }),
        );
        expectObservable(result$).toBe(expected, wordsOf('+a@1 ~a@1>2'));
      });
      expect(told).toEqual(['handling added of default/a failed, it is not tried again: a reason']);
    });

    it('keeps what it emitted before it failed', () => {
      marbles(({ hot, cold, expectObservable }) => {
        const told$ = hot('-a---|', events('+a@1'));
        const expected = ' --x--|';
        const result$ = told$.pipe(concatMapByKey(() => cold('-x#'), { onHandlerError: () => undefined }));
        expectObservable(result$).toBe(expected);
      });
    });

    it('ends with what onHandlerError throws', () => {
      marbles(({ hot, expectObservable }) => {
        const told$ = hot('-a-', events('+ill@1'));
        const onHandlerError = (): never => {
          throw new Error('give up');
        };
        expectObservable(told$.pipe(concatMapByKey(failing, { onHandlerError }))).toBe(
          '-#',
          undefined,
          new Error('give up'),
        );
      });
    });
  });
});
