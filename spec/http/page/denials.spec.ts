import { describe, expect, it } from 'vitest';
import { minutes, seconds } from 'kuberx';
import { Denials } from '#src/http/page/denials.ts';

function timed() {
  const clock = { time: 0, now: () => clock.time };
  return { clock, denials: new Denials(clock, () => 0) };
}

describe('Denials', () => {
  it('wait longer from one to the next, each resource and verb for itself, at most 5 minutes', () => {
    const { denials } = timed();
    const delays = Array.from({ length: 7 }, () => denials.denied('v1/pods in a', 'watch'));
    expect(delays.map((delay) => delay / 1000)).toEqual([15, 30, 60, 120, 240, 300, 300]);
    expect(denials.denied('v1/pods in b', 'watch')).toBe(seconds(15));
    expect(denials.denied('v1/pods in a', 'list')).toBe(seconds(15));
    expect(denials.resources).toEqual(['v1/pods in a', 'v1/pods in b']);
  });

  it('are over with a watch, and of a list with a list alone', () => {
    const { denials } = timed();
    denials.denied('a', 'watch');
    denials.denied('a', 'list');
    denials.granted('a', 'list');
    expect(denials.has('a')).toBe(true);
    denials.denied('a', 'list');
    denials.granted('a', 'watch');
    expect(denials.has('a')).toBe(false);
    denials.granted('a', 'list');
    expect(denials.resources).toEqual([]);
  });

  it('begin anew after a quarter of an hour, and when somebody asks for it', () => {
    const { clock, denials } = timed();
    denials.denied('a', 'watch');
    denials.denied('a', 'watch');
    denials.renew();
    expect(denials.denied('a', 'watch')).toBe(seconds(15));
    denials.denied('a', 'watch');
    clock.time = minutes(15);
    expect(denials.denied('a', 'watch')).toBe(seconds(15));
  });
});
