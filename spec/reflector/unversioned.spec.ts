import { describe, expect, it } from 'vitest';
import { seconds } from 'kuberx';
import { added, buildObject, deleted, initialEventsEnd, modified, page } from 'kuberx/testing';
import { broken, forbidden } from './failures.ts';
import { paged, requests, run, type Answer } from './run.ts';

const more = {
  // a list without a version, as aggregated APIs and OpenShift's projects give it
  u: page([buildObject('default/a', '1'), buildObject('default/b', '2')], ''),
  v: page([buildObject('default/b', '2')], ''),
  // objects without a version, as those of metrics.k8s.io
  w: page([buildObject('default/a', '')], ''),
  d: added(buildObject('default/a', '1')),
  e: modified(buildObject('default/a', '6')),
  f: deleted(buildObject('default/b', '7')),
  g: added(buildObject('default/a', '')),
  h: added(buildObject('default/b', '')),
  j: initialEventsEnd(''),
};

describe('a server without versions', () => {
  it('is listed, then watched without a version', () => {
    const { said, asked } = run(20, [{ list: '--(u|)' }, { watch: 'od-e-f-k' }], paged, more);
    expect(asked).toEqual(['0 list {"limit":500}', '2 watch {}']);
    expect(said).toEqual([
      '0 Requested listing',
      '2 Received listing 2',
      '2 Replaced : a@1 b@2',
      '2 Requested watching',
      '2 Opened watching',
      '3 Added a@1',
      '5 Updated a@6',
      '7 Deleted b@7',
    ]);
  });

  it('is synced with objects that have no version either', () => {
    const { said } = run(20, [{ list: '(w|)' }, { watch: 'o' }], paged, more);
    expect(said).toContain('0 Replaced : a@');
  });

  it.each<[string, Answer]>([
    ['ends', { watch: 'od 4m |' }],
    ['ends without a word', { watch: 'o 4m |' }],
    ['ends at once', { watch: 'o|' }],
    ['breaks', { watch: 'od 4m #', error: broken }],
    ['is forbidden', { watch: '#', error: forbidden }],
    ['has an error', { watch: 'ox' }],
  ])('is listed again where its watch %s, as nothing else tells what was missed', (_, watch) => {
    const { said, asked } = run(seconds(250), [{ list: '(u|)' }, watch, { list: '(v|)' }, { watch: 'o' }], paged, more);
    expect(asked.map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'list {"limit":500}',
      'watch {}',
      'list {"limit":500}',
      'watch {}',
    ]);
    expect(said.some((line) => line.endsWith('Replaced : b@2'))).toBe(true);
  });

  it('is not listed ever faster where it ends its watches early', () => {
    const each = (_: number, verb: 'list' | 'watch'): Answer =>
      verb === 'list' ? { list: '(u|)' } : { watch: 'od 2s |' };
    const { asked } = run(seconds(120), each, paged, more);
    const lists = asked.filter((line) => line.includes(' list '));
    expect(lists.length).toBeGreaterThan(5);
    expect(lists.length).toBeLessThan(12);
  });

  it('is watched from a version once a list has one', () => {
    const answers = [{ list: '(u|)' }, { watch: 'o 4m |' }, { list: '(p|)' }, { watch: 'o 4m |' }, { watch: 'o' }];
    const each = run(seconds(600), answers, paged, more);
    expect(requests(each).slice(2)).toEqual([
      'list {"limit":500}',
      'watch {"resourceVersion":"5"}',
      'watch {"resourceVersion":"5"}',
    ]);
  });

  it('is taken at its word where it had versions before', () => {
    const answers = [{ list: '(p|)' }, { watch: 'o-a-x' }, { list: '(v|)' }, { watch: 'o' }];
    const each = run(seconds(20), answers, paged, more);
    expect(requests(each).slice(2)).toEqual([
      'list {"resourceVersion":"6","resourceVersionMatch":"NotOlderThan"}',
      'watch {}',
    ]);
  });
});

describe('a server whose streaming lists have no version', () => {
  it.each([
    ['of objects with a version', { watch: 'od-j-e-f' }, 'a@1'],
    ['of objects without one', { watch: 'og-j-e-f' }, 'a@'],
  ])('is synced by its marker at once: %s', (_, answer, object) => {
    const { said, asked } = run(20, [answer], {}, more);
    expect(asked).toHaveLength(1);
    expect(said).toEqual([
      '0 Requested streaming',
      '0 Opened streaming',
      `3 Replaced : ${object}`,
      '3 Opened watching',
      '5 Updated a@6',
      '7 Deleted b@7',
    ]);
  });

  it('is listed again where its watch ends, as nothing else tells what was missed', () => {
    const each = run(seconds(300), [{ watch: 'odj 4m |' }, { watch: 'ohj' }], {}, more);
    expect(requests(each)).toEqual([
      'watch {"resourceVersionMatch":"NotOlderThan","sendInitialEvents":true}',
      'watch {"resourceVersionMatch":"NotOlderThan","sendInitialEvents":true}',
    ]);
    expect(each.said.filter((line) => line.includes('Replaced')).at(-1)).toMatch(/Replaced : b@$/);
    expect(each.said.join()).not.toContain('Interrupted');
  });

  it('is taken at its word where it had versions before', () => {
    const each = run(seconds(20), [{ watch: 'oim-a-x' }, { watch: 'odj' }], {}, more);
    expect(requests(each).at(-1)).toContain('"resourceVersion":"6"');
    expect(each.said.at(-2)).toMatch(/Replaced : a@1$/);
  });

  it('is listed in pages a second after its last object where no marker comes, and not streamed again', () => {
    const answers = [{ watch: 'o-g 900ms h' }, { list: '(w|)' }, { watch: 'o' }];
    const { said, asked } = run(seconds(20), answers, {}, more);
    expect(asked.map((line) => line.replace(/ \{.*/, ''))).toEqual(['0 watch', '2802 list', '2802 watch']);
    expect(said).toContain('2002 Interrupted streaming: MarkerMissing, attempt 1, retry in 800');
    expect(said).toContain('2802 Replaced : a@');
  });
});
