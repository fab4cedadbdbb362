import { catchError, of, VirtualTimeScheduler } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { KubeError, type KubernetesObject, reflector } from 'kuberx';
import { added, buildObject, type FakeAnswer, fakeListerWatcher, marbleOptions, open, page } from 'kuberx/testing';

const scheduler = (): TestScheduler => new TestScheduler((actual, expected) => expect(actual).toEqual(expected));

describe('fakeListerWatcher', () => {
  it('answers in marbles, in the order of the requests', () => {
    scheduler().run(({ cold, expectObservable }) => {
      const p = page([buildObject('default/a', '1')], '5');
      const a = added(buildObject('default/b', '6'));
      const pods = fakeListerWatcher([{ list: '--(p|)' }, { watch: 'o-a|' }], {
        cold: cold as never,
        values: { p, a, o: open },
      });
      expectObservable(pods.list({ limit: 500 })).toBe('--(p|)', { p });
      expectObservable(pods.watch({ resourceVersion: '5' })).toBe('o-a|', { o: open, a });
    });
  });

  it('remembers what it was asked, and when each request ended', () => {
    scheduler().run(({ cold, flush }) => {
      const pods = fakeListerWatcher([{ watch: '--o' }], { cold: cold as never, values: { o: open } });
      const subscription = pods.watch({ resourceVersion: '5' }).subscribe();
      cold('----x').subscribe(() => {
        expect(pods.openRequests).toBe(1);
        subscription.unsubscribe();
      });
      flush();
      expect(pods.openRequests).toBe(0);
      expect(pods.requests).toEqual([{ verb: 'watch', options: { resourceVersion: '5' }, at: 0, endedAt: 4 }]);
    });
  });

  it.each([['beyond the script', [], /request 1 is list \{"limit":5\}, and the script ends before it/]] as const)(
    'fails a request %s, and says so',
    (_, script, message) => {
      let error: unknown;
      fakeListerWatcher(script)
        .list({ limit: 5 })
        .subscribe({ error: (cause: unknown) => (error = cause) });
      expect(error).toBeInstanceOf(KubeError);
      expect((error as KubeError).message).toMatch(message);
    },
  );

  describe('with a script that does not fit', () => {
    const values = { p: page([buildObject('default/a', '1')], '5'), o: open, a: added(buildObject('default/a', '6')) };

    it.each<[string, FakeAnswer<KubernetesObject>[], RegExp]>([
      [
        'a list where a watch is asked',
        [{ list: '(p|)' }],
        /^v1\/pods: request 1 is watch \{.*"sendInitialEvents":true.*\}, and the script has a list$/,
      ],
      [
        'a page in a watch',
        [{ watch: '-(op)' }],
        /^v1\/pods: request 1 is watch .*, and the script answers with a page$/,
      ],
      [
        'a frame in a list',
        [{ watch: '#', error: 'refused' }, { list: '(a|)' }],
        /^v1\/pods: request 2 is list .*, and the script answers with a frame: ADDED$/,
      ],
      [
        'a letter without a value',
        [{ watch: '-q' }],
        /^v1\/pods: request 1 is watch .*, and the script answers with a letter that stands for nothing$/,
      ],
      [
        'an answer without list and watch',
        [{} as never],
        /^v1\/pods: request 1 is watch .*, and the script has neither a list, a watch nor an error$/,
      ],
    ])('fails the test with a sentence: %s', (_, script, sentence) => {
      const run = (): void =>
        scheduler().run(({ cold, expectObservable }) => {
          const pods = fakeListerWatcher(script, { cold, values });
          expectObservable(reflector(pods, marbleOptions), '^ 5s !').toBe('-a', { a: 'nothing of the kind' });
        });
      expect(run).toThrow(sentence);
    });

    it('fails the test that has no virtual time by an uncaught error', () => {
      const time = new VirtualTimeScheduler();
      const pods = fakeListerWatcher([{ list: of(values.p) }], { scheduler: time });
      const errors: string[] = [];
      pods.watch({}).subscribe({ error: (error: unknown) => errors.push((error as KubeError).message) });
      expect(errors).toEqual(['v1/pods: request 1 is watch {}, and the script has a list']);
      expect(() => time.flush()).toThrow(errors[0]);
    });

    it('does not fail a test whose script is over: what is asked beyond it is refused', () => {
      scheduler().run(({ cold, expectObservable }) => {
        const pods = fakeListerWatcher([], { cold });
        expectObservable(pods.watch({}).pipe(catchError((error: unknown) => of((error as KubeError).message)))).toBe(
          '(a|)',
          {
            a: 'v1/pods: request 1 is watch {}, and the script ends before it',
          },
        );
      });
    });
  });

  it('fails any request where the answer is an error alone', () => {
    const pods = fakeListerWatcher([{ error: 'away' }, { error: 'away' }]);
    const errors: unknown[] = [];
    pods.list({}).subscribe({ error: (error: unknown) => errors.push(error) });
    pods.watch({}).subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual(['away', 'away']);
  });

  it('lets a function answer', () => {
    const empty = page([], '1');
    const pods = fakeListerWatcher((request) => (request.verb === 'list' ? { list: of(empty) } : { watch: of(open) }));
    const seen: unknown[] = [];
    pods.list({}).subscribe((value) => seen.push(value));
    pods.watch({}).subscribe((value) => seen.push(value));
    expect(seen).toEqual([empty, open]);
  });
});
