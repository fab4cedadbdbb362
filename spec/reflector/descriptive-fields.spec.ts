import { describe, expect, it } from 'vitest';
import { KubeError, type KubernetesObject, type WatchFrame } from 'kuberx';
import { buildObject, page } from 'kuberx/testing';
import { internal } from './failures.ts';
import { paged, requests, run, type Values } from './run.ts';

const nameless = new KubeError({ reason: 'Malformed', resource: 'v1/pods', message: 'it has no name' });
const { resourceVersion: _, ...metadata } = buildObject('default/a', '6').metadata;
const unversioned: KubernetesObject = { ...buildObject('default/a', '6'), metadata };

const more: Values = {
  N: { type: 'REFUSED', error: nameless, resourceVersion: '8' },
  U: { type: 'REFUSED', error: nameless },
  V: { type: 'MODIFIED', object: unversioned },
  E: { type: 'MODIFIED', object: unversioned, resourceVersion: '' },
  D: { type: 'DELETED', object: unversioned },
  K: { type: 'BOOKMARK', initialEventsEnd: false },
  M: { type: 'BOOKMARK', initialEventsEnd: true },
  R: page([], '7'),
  P: page([buildObject('default/a', '1')], '5', { refused: { error: nameless, count: 2 } }),
  Q: page([], '5', { continue: 'more', refused: { error: nameless, count: 1 } }),
} satisfies Record<string, WatchFrame<KubernetesObject> | object>;

describe('a reflector of objects that lack what no cache needs', () => {
  it('leaves out what has no name, says so, and goes on after its version', () => {
    const each = run(5000, [{ watch: 'om-N-b|' }, { watch: 'o-U|' }, { watch: 'o' }], {}, more);
    const told = each.said.filter((line) => / (?:Refused|Bookmark|Added) /.test(line));
    expect(told.map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'Refused 1: v1/pods: it has no name',
      'Bookmark 8',
      'Added b@7',
      'Refused 1: v1/pods: it has no name',
    ]);
    expect(requests(each).slice(1)).toEqual(['watch {"resourceVersion":"8"}', 'watch {"resourceVersion":"8"}']);
  });

  it('says once how many objects of a streaming list have no name', () => {
    expect(run(20, [{ watch: 'oiNUjm' }], {}, more).said.slice(2)).toEqual([
      '5 Refused 2: v1/pods: it has no name',
      '5 Replaced 5: a@4 b@3',
      '5 Opened watching',
    ]);
  });

  it('says of each page how many of its objects have no name', () => {
    const { said } = run(20, [{ list: '-(Q|)' }, { list: '-(P|)' }, { watch: 'o' }], paged, more);
    expect(said.slice(1, 6)).toEqual([
      '1 Refused 1: v1/pods: it has no name',
      '1 Received listing 0',
      '2 Refused 2: v1/pods: it has no name',
      '2 Received listing 1',
      '2 Replaced 5: a@1',
    ]);
  });

  it('takes a list that leaves objects out for no progress: the delays grow', () => {
    const failures = [1, 2, 3, 4].map(() => ({ watch: '#', error: internal }));
    const answers = [{ list: '(P|)' }, ...failures.slice(0, 3), { list: '(P|)' }, failures[3]!, { watch: 'o' }];
    const { said } = run(60_000, answers, paged, more);
    const attempts = said.flatMap((line) => /attempt (\d+)/.exec(line)?.[1] ?? []);
    expect(attempts).toEqual(['1', '2', '3', '4']);
  });

  it('keeps the last version that is known where a change has none', () => {
    const each = run(3000, [{ watch: 'om-V-b-E-D|' }, { watch: 'o' }], {}, more);
    expect(each.said.slice(4, 8)).toEqual(['3 Updated a@', '5 Added b@7', '7 Updated a@', '9 Deleted a@']);
    expect(requests(each)[1]).toBe('watch {"resourceVersion":"7"}');
  });

  it('takes objects of a streaming list without versions', () => {
    expect(run(20, [{ watch: 'oVm' }], {}, more).said[2]).toBe('2 Replaced 5: a@');
  });

  it('ignores a bookmark without a version', () => {
    const each = run(3000, [{ watch: 'oKim-K-b|' }, { watch: 'oK|' }, { list: '(R|)' }, { watch: 'o' }], {}, more);
    expect(each.said.slice(2, 5)).toEqual(['3 Replaced 5: a@4', '3 Opened watching', '7 Added b@7']);
    expect(each.said.filter((line) => line.includes('Interrupted'))).toEqual([]);
    expect(requests(each)[3]).toBe('watch {"resourceVersion":"7"}');
  });

  it('believes a streaming list that ends without a version', () => {
    const each = run(5000, [{ watch: 'oiM' }], {}, more);
    expect(each.said.slice(2)).toEqual(['2 Replaced : a@4', '2 Opened watching']);
    expect(requests(each)).toHaveLength(1);
  });
});
