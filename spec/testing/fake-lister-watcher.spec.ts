import { of } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { added, buildObject, fakeListerWatcher, open, page } from 'kuberx/testing';

const scheduler = (): TestScheduler => new TestScheduler((actual, expected) => expect(actual).toEqual(expected));

describe('fakeListerWatcher', () => {
  it('should answer in marbles, in the order of the requests', () => {
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

  it('should remember what it was asked, and when each request ended', () => {
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

  it.each([
    ['beyond the script', [], /request 1 is list \{"limit":5\}, and the script ends before it/],
    ['of another verb', [{ watch: of(open) }], /request 1 is list \{"limit":5\}, and the script has a watch/],
    ['in marbles without cold', [{ list: 'p' }], /need the option `cold`/],
  ] as const)('should fail a request %s, and say so', (_, script, message) => {
    let error: unknown;
    fakeListerWatcher(script)
      .list({ limit: 5 })
      .subscribe({ error: (cause: unknown) => (error = cause) });
    expect(error).toBeInstanceOf(KubeError);
    expect((error as KubeError).message).toMatch(message);
  });

  it('should let a function answer', () => {
    const empty = page([], '1');
    const pods = fakeListerWatcher((request) => (request.verb === 'list' ? { list: of(empty) } : { watch: of(open) }));
    const seen: unknown[] = [];
    pods.list({}).subscribe((value) => seen.push(value));
    pods.watch({}).subscribe((value) => seen.push(value));
    expect(seen).toEqual([empty, open]);
  });
});

describe('buildObject', () => {
  it('should build from a key and a version', () => {
    expect(buildObject('default/a', '5')).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'default', name: 'a', uid: 'uid of default/a', resourceVersion: '5' },
    });
    expect(buildObject('n', '5', { kind: 'Node', metadata: { uid: 'u' } })).toEqual({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n', uid: 'u', resourceVersion: '5' },
    });
  });
});
