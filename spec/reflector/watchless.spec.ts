import { describe, expect, it } from 'vitest';
import { minutes, reflector, seconds } from 'kuberx';
import { kubeErrorFromStatus } from 'kuberx/http';
import { fakeListerWatcher, page, status } from 'kuberx/testing';
import { unavailable } from './failures.ts';
import { interruptions, paged, requests, run, type Answer } from './run.ts';

const unwatchable = kubeErrorFromStatus('v1/pods', status(405, 'MethodNotAllowed'), 405);
const refusal: Answer = { watch: '#', error: unwatchable };
const more = { u: page([], '') };

describe('a server without watch', () => {
  it('is listed every 30 s, and asked for a watch each time', () => {
    const { said, asked } = run(seconds(40), [{ list: '(p|)' }, refusal, { list: '(s|)' }, refusal], paged);
    expect(said).toEqual([
      '0 Requested listing',
      '0 Received listing 2',
      '0 Replaced 5: a@1 b@2',
      '0 Requested watching',
      '0 Unwatched, list in 30000',
      '30000 Requested listing',
      '30000 Received listing 1',
      '30000 Replaced 9: a@8',
      '30000 Requested watching',
      '30000 Unwatched, list in 30000',
    ]);
    expect(asked).toEqual([
      '0 list {"limit":500}',
      '0 watch {"resourceVersion":"5"}',
      '30000 list {"resourceVersion":"5","resourceVersionMatch":"NotOlderThan"}',
      '30000 watch {"resourceVersion":"9"}',
    ]);
  });

  it('is polled at the interval that is asked for, and without a version where it gives none', () => {
    const answers = [{ list: '(u|)' }, refusal, { list: '(u|)' }, refusal];
    const { asked } = run(seconds(8), answers, { ...paged, pollInterval: seconds(5) }, more);
    expect(asked).toEqual(['0 list {"limit":500}', '0 watch {}', '5000 list {"limit":500}', '5000 watch {}']);
  });

  it('is not asked for a streaming list each time', () => {
    const each = (index: number, verb: 'list' | 'watch'): Answer => (verb === 'list' ? { list: '(p|)' } : refusal);
    const asked = requests(run(minutes(5), each));
    expect(asked.filter((line) => line.includes('sendInitialEvents'))).toHaveLength(1);
    expect(asked.filter((line) => line.startsWith('list'))).toHaveLength(10);
  });

  it('is watched as soon as it has a watch', () => {
    const answers = [{ list: '(p|)' }, refusal, { list: '(s|)' }, { watch: 'o' }];
    const { said } = run(seconds(100), answers, paged);
    expect(said.slice(-2)).toEqual(['30000 Opened watching', '90000 Settled']);
  });

  it('tells of a list that fails, and asks again with the backoff', () => {
    const answers = [{ list: '(p|)' }, refusal, { list: '#', error: unavailable }, { list: '(s|)' }, refusal];
    const each = run(seconds(35), answers, paged);
    expect(interruptions(each)).toEqual(['listing: ServiceUnavailable, attempt 1, retry in 800']);
    expect(each.said.at(-1)).toBe('30800 Unwatched, list in 30000');
  });

  it('is listed without a backoff where it had a watch before: a streaming list counts as a watch, and waits its second', () => {
    const answers = [{ list: '(p|)' }, { watch: 'o-a 2m |' }, refusal, { list: '(s|)' }, refusal];
    const each = run(seconds(130), answers, paged);
    expect(interruptions(each)).toEqual(['watching: MethodNotAllowed, attempt 1, retry in 1000']);
    expect(requests(each)[3]).toBe('list {"resourceVersion":"6","resourceVersionMatch":"NotOlderThan"}');
    expect(each.said.at(-1)).toMatch(/Unwatched, list in 30000$/);
  });

  it.each([0, 999, NaN, -1])('is not polled every %s ms', (pollInterval) => {
    expect(() => reflector(fakeListerWatcher([]), { pollInterval })).toThrow(/^pollInterval is /);
  });
});
