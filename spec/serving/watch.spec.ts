import { Subject, VirtualTimeScheduler, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { KubeError } from '#src/protocol/errors/kube-error.ts';
import { watch, type WatchOptions } from '#src/serving/watch.ts';
import { ConfigMaps, inShort } from './config-maps.ts';

/** A watch in virtual time, whose events are drawn as they come. */
function opened(maps: ConfigMaps, parameters: string, options: Partial<WatchOptions> = {}, namespace?: string) {
  const scheduler = new VirtualTimeScheduler();
  const seen: string[] = [];
  const lines: string[] = [];
  const batches$: Observable<Iterable<string>> = watch(maps.cache, maps.query(parameters, namespace), {
    form: 'whole',
    random: () => 0.5,
    scheduler,
    ...options,
  });
  let batches = 0;
  const subscription = batches$.subscribe({
    next: (batch) => {
      batches++;
      for (const line of batch) {
        lines.push(line);
        seen.push(inShort(line));
      }
    },
    error: (error: unknown) => seen.push(error instanceof KubeError ? `refused ${String(error.code)}` : String(error)),
    complete: () => seen.push('end'),
  });
  const passTo = (milliseconds: number) => {
    scheduler.maxFrames = milliseconds;
    scheduler.flush();
  };
  return { seen, lines, subscription, passTo, batches: () => batches };
}

const streaming = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';

function twoMaps(): ConfigMaps {
  const maps = new ConfigMaps();
  maps.put('x/b');
  maps.put('x/a');
  return maps;
}

describe('watch', () => {
  it('starts with the state, in key order, its end marked, then tells changes', () => {
    const maps = twoMaps();
    const { seen, lines } = opened(maps, streaming);
    maps.put('x/b');
    maps.remove('x/a');
    expect(seen).toEqual(['ADDED a 102', 'ADDED b 101', 'MARKER 102', 'MODIFIED b 103', 'DELETED a 104']);
    expect(lines[2]).toBe(
      '{"type":"BOOKMARK","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"resourceVersion":"102","annotations":{"k8s.io/initial-events-end":"true"}}}}\n',
    );
  });

  it.each([
    ['', ['ADDED a 102', 'ADDED b 101']],
    ['allowWatchBookmarks=1', ['ADDED a 102', 'ADDED b 101', 'MARKER 102']],
    ['resourceVersion=0&allowWatchBookmarks=1', ['ADDED a 102', 'ADDED b 101', 'MARKER 102']],
    ['resourceVersion=101', ['ADDED a 102']],
    ['resourceVersion=102', []],
    ['sendInitialEvents=true&resourceVersionMatch=NotOlderThan', ['ADDED a 102', 'ADDED b 101']],
    [`${streaming}&resourceVersion=1`, ['ADDED a 102', 'ADDED b 101', 'MARKER 102']],
    ['sendInitialEvents=false&resourceVersionMatch=NotOlderThan', []],
    ['sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion=0', []],
    ['sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion=101', ['ADDED a 102']],
  ])('starts by its parameters: %s', (parameters, start) => {
    const maps = twoMaps();
    const { seen } = opened(maps, parameters);
    maps.put('x/c');
    expect(seen).toEqual([...start, 'ADDED c 103']);
  });

  it('marks nothing where streaming lists are off, or the marker is', () => {
    expect(opened(twoMaps(), 'allowWatchBookmarks=1', { watchList: false }).seen).toEqual([
      'ADDED a 102',
      'ADDED b 101',
    ]);
    expect(opened(twoMaps(), streaming, { marker: false }).seen).toEqual(['ADDED a 102', 'ADDED b 101']);
    expect(opened(twoMaps(), streaming, { watchList: false }).seen).toEqual(['refused 422']);
  });

  it('opens at once, and is silent at a version that is yet to come, until that has passed', () => {
    const maps = twoMaps();
    const { seen, batches, passTo } = opened(maps, 'resourceVersion=104&allowWatchBookmarks=1&timeoutSeconds=300');
    expect(batches()).toBe(1);
    maps.put('x/c');
    maps.put('x/d');
    passTo(61_000);
    expect(seen).toEqual([]);
    maps.put('x/e');
    expect(seen).toEqual(['ADDED e 105']);
  });

  it('waits for a future version of a streaming list, without opening', () => {
    const maps = twoMaps();
    const { seen, batches } = opened(maps, `${streaming}&resourceVersion=103`);
    expect(batches()).toBe(0);
    maps.put('x/c');
    maps.put('x/d');
    expect(seen).toEqual(['ADDED a 102', 'ADDED b 101', 'ADDED c 103', 'MARKER 103', 'ADDED d 104']);
  });

  it('gives up on a future version after three seconds', () => {
    const { seen, lines, passTo } = opened(twoMaps(), `${streaming}&resourceVersion=999999`);
    passTo(2999);
    expect(seen).toEqual([]);
    passTo(3000);
    expect(seen).toEqual(['ERROR 504', 'end']);
    expect(lines[0]).toBe(
      '{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Timeout: Too large resource version: 999999, current: 102","reason":"Timeout","details":{"causes":[{"reason":"ResourceVersionTooLarge","message":"Too large resource version"}],"retryAfterSeconds":1},"code":504}}\n',
    );
  });

  it('tells of a version that is too old in the stream', () => {
    const maps = twoMaps();
    maps.cache.compact(102n);
    const { seen, lines } = opened(maps, 'resourceVersion=1');
    expect(seen).toEqual(['ERROR 410', 'end']);
    expect(lines[0]).toBe(
      '{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (102)","reason":"Expired","code":410}}\n',
    );
  });

  it('tells entering and leaving a selector as additions and deletions, with what was there before', () => {
    const maps = new ConfigMaps();
    maps.put('x/a', { app: 'x' });
    const { seen, lines } = opened(maps, 'resourceVersion=101&labelSelector=app%3Dx');
    maps.put('x/a', { app: 'y' });
    maps.put('x/a', { app: 'z' });
    maps.put('x/a', { app: 'x' });
    maps.put('x/a', { app: 'x', more: '' });
    expect(seen).toEqual(['DELETED a 102', 'ADDED a 104', 'MODIFIED a 105']);
    expect(lines[0]).toContain('"labels":{"app":"x"}');
  });

  it('replays what it missed through the selector', () => {
    const maps = new ConfigMaps();
    maps.put('x/a', { app: 'x' });
    maps.put('y/a', { app: 'x' });
    maps.put('x/a', { app: 'y' });
    maps.remove('y/a');
    expect(opened(maps, 'resourceVersion=100&labelSelector=app', {}, 'x').seen).toEqual([
      'ADDED a 101',
      'MODIFIED a 103',
    ]);
    expect(opened(maps, 'resourceVersion=102&labelSelector=app%3Dx').seen).toEqual(['DELETED a 103', 'DELETED a 104']);
  });

  it('sends bookmarks each minute, once a version has passed since the start, and two seconds before the end', () => {
    const maps = twoMaps();
    const { seen, passTo } = opened(maps, 'resourceVersion=102&allowWatchBookmarks=true&timeoutSeconds=150');
    passTo(60_000);
    expect(seen).toEqual([]);
    maps.cache.versions.jump(110n);
    passTo(119_999);
    expect(seen).toEqual([]);
    passTo(120_000);
    expect(seen).toEqual(['BOOKMARK 110']);
    passTo(147_999);
    expect(seen).toHaveLength(1);
    passTo(148_000);
    expect(seen).toEqual(['BOOKMARK 110', 'BOOKMARK 110']);
    passTo(150_000);
    expect(seen).toEqual(['BOOKMARK 110', 'BOOKMARK 110', 'end']);
  });

  it('sends no bookmarks to whom did not ask, nor where they are off', () => {
    const maps = twoMaps();
    const bookmarkNow$ = new Subject<void>();
    const unasked = opened(maps, 'resourceVersion=101&timeoutSeconds=150', { bookmarkNow$ });
    const off = opened(maps, `${streaming}&timeoutSeconds=150`, { bookmarks: false, bookmarkNow$ });
    const asked = opened(maps, 'resourceVersion=102&allowWatchBookmarks=1', { bookmarkNow$ });
    bookmarkNow$.next();
    unasked.passTo(150_000);
    off.passTo(150_000);
    expect(unasked.seen).toEqual(['ADDED a 102', 'end']);
    expect(off.seen).toEqual(['ADDED a 102', 'ADDED b 101', 'MARKER 102', 'end']);
    expect(asked.seen).toEqual(['BOOKMARK 102']);
  });

  it('ends by itself between half an hour and an hour where the client names no time', () => {
    const { seen, passTo } = opened(twoMaps(), 'resourceVersion=102');
    passTo(2_699_999);
    expect(seen).toEqual([]);
    passTo(2_700_000);
    expect(seen).toEqual(['end']);
  });

  it('ends when the cache starts anew', () => {
    const maps = twoMaps();
    const { seen } = opened(maps, 'resourceVersion=102');
    maps.cache.restart();
    maps.put('x/c');
    expect(seen).toEqual(['end']);
  });

  it('leaves nothing behind when it is unsubscribed', () => {
    const maps = twoMaps();
    const { seen, subscription, passTo } = opened(maps, 'resourceVersion=102&allowWatchBookmarks=1');
    subscription.unsubscribe();
    maps.put('x/c');
    passTo(10_000_000);
    expect(seen).toEqual([]);
  });

  it('draws its first batch from the state at the start, however late it is drawn', () => {
    const maps = twoMaps();
    const drawn: Iterable<string>[] = [];
    watch(maps.cache, maps.query(streaming), { form: 'whole', random: () => 0 })
      .subscribe((batch) => drawn.push(batch))
      .unsubscribe();
    maps.put('x/a');
    maps.put('x/c');
    expect([...drawn[0]!].map(inShort)).toEqual(['ADDED a 102', 'ADDED b 101', 'MARKER 102']);
  });

  it('prints metadata only where that is asked for', () => {
    const maps = new ConfigMaps();
    maps.put('x/a', { app: 'x' });
    const { lines } = opened(maps, streaming, { form: 'metadata' });
    expect(lines).toEqual([
      '{"type":"ADDED","object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"a","namespace":"x","resourceVersion":"101","labels":{"app":"x"}}}}\n',
      '{"type":"BOOKMARK","object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"101","annotations":{"k8s.io/initial-events-end":"true"}}}}\n',
    ]);
  });
});
