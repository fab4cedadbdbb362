import { describe, expect, it } from 'vitest';
import { foldCacheEvents } from '../../scripts/controlplane/fold-cache-events.ts';

const recorded = [
  '{"type":"Requested","phase":"streaming"}',
  '{"type":"Replaced","resourceVersion":"9","objects":{"default/a":"7","default/b":"8","__proto__":"9"}}',
  '{"type":"Added","key":"default/c","resourceVersion":"10"}',
  '{"type":"Updated","key":"default/a","resourceVersion":"11"}',
  '{"type":"Deleted","key":"default/c","resourceVersion":"12"}',
  '{"type":"Bookmark","resourceVersion":"12"}',
  '{"type":"Interrupted","phase":"watching","reason":"Network","attempt":1,"retryIn":900}',
];

describe('foldCacheEvents', () => {
  it('folds changes over the last whole state', () => {
    const { versions, counted, missedDeletions, travelledBack, summary } = foldCacheEvents(recorded);

    expect(Object.fromEntries(versions)).toEqual({ 'default/a': '11', 'default/b': '8', ['__proto__']: '9' });
    expect([...versions.keys()]).toEqual(['default/a', 'default/b', '__proto__']);
    expect(counted).toEqual({ synced: 3, events: 3, relists: 0, interruptions: 1 });
    expect(missedDeletions).toBe(0);
    expect(travelledBack).toEqual([]);
    expect(summary).toBeUndefined();
  });

  it('counts what a relist no longer has', () => {
    const relist = '{"type":"Replaced","resourceVersion":"20","objects":{"default/a":"15"}}';
    const { versions, missedDeletions, counted } = foldCacheEvents([...recorded, relist]);

    expect([...versions]).toEqual([['default/a', '15']]);
    expect(missedDeletions).toBe(2);
    expect(counted).toMatchObject({ synced: 3, relists: 1 });
  });

  it('sees an object go back in time, compared as numbers, a deletion between included', () => {
    const back = [
      '{"type":"Added","key":"default/d","resourceVersion":"100"}',
      '{"type":"Deleted","key":"default/d","resourceVersion":"101"}',
      '{"type":"Added","key":"default/d","resourceVersion":"99"}',
    ];

    expect(foldCacheEvents([...recorded, ...back]).travelledBack).toEqual(['default/d: 101, then 99']);
  });

  it('takes the summary, which is the last line', () => {
    const summary = { synced: 2, events: 7, relists: 0, interruptions: 1 };
    const lines = [...recorded, JSON.stringify({ summary })];

    expect(foldCacheEvents(lines).summary).toEqual(summary);
    expect(() => foldCacheEvents([...lines, ...lines])).toThrow(TypeError);
  });

  it('refuses what it does not know', () => {
    expect(() => foldCacheEvents(['{"type":"Paused"}'])).toThrow(TypeError);
    expect(() => foldCacheEvents(['synced 1000'])).toThrow(SyntaxError);
  });
});
