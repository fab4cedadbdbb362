import { VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { KubeError, minutes, seconds } from 'kuberx';
import { kubeErrorFromStatus } from 'kuberx/http';
import { added, buildObject, errorFrame, status } from 'kuberx/testing';
import { HostBrake, type Spacing } from '#src/reflector/host-brake.ts';
import { broken, expired, forbidden, internal, refusal, refused, tooLarge, unavailable } from './failures.ts';
import { fleet, mostUnanswered, type Fleet, type FleetAnswer, type FleetRequest } from './fleet.ts';

/** How late each of them had the state, in order. */
const syncedAfter = ({ events }: Fleet, since: number): number[] => {
  const replaced = events.filter(({ at, event }) => at >= since && event.type === 'Replaced');
  const first = new Map(replaced.reverse().map(({ who, at }) => [who, at - since]));
  return [...first.values()].sort((one, other) => one - other);
};

/** Waits that took longer than the last that was told of them, but for 300 ms. */
const untold = ({ events, requests }: Fleet, until: number): string[] =>
  events.flatMap(({ at, who, event }) => {
    if (event.type !== 'Interrupted' || at + event.retryIn > until) return [];
    const asked = requests.find((request) => request.who === who && request.at >= at)?.at ?? Infinity;
    const told = events.find((later) => later.who === who && later.at > at && later.event.type === 'Interrupted')?.at;
    const waited = Math.min(asked, told ?? Infinity) - at;
    return waited <= event.retryIn + 300 ? [] : [`${who} waited ${waited} ms where ${event.retryIn} ms were told`];
  });

const well = ({ verb }: FleetRequest): FleetAnswer => (verb === 'watch' ? { lives: seconds(270), end: null } : {});

describe('reflectors of a host', () => {
  it('agree within 5 s after an outage that began with an answer, with less than 20 requests a minute', () => {
    const outage = seconds(100);
    const answer = (request: FleetRequest): FleetAnswer => {
      if (request.index === 0) return { error: unavailable };
      return request.at < outage ? { error: refused } : well(request);
    };
    const alone = fleet(answer, { size: 1, lasts: minutes(5) });
    expect(syncedAfter(alone, outage)[0]).toBeLessThan(5000);
    expect(mostUnanswered(alone)).toBeLessThan(20);
    const all = syncedAfter(fleet(answer, { lasts: minutes(5) }), outage);
    expect(all).toHaveLength(60);
    expect(all.at(-1)).toBeLessThan(5000);
  });

  it.each([
    ['from the start', 0],
    ['after their watches broke', seconds(10)],
  ])('tell each of 60 that wait, %s, the latest time of its turn', (_, since) => {
    const outage = since + minutes(8);
    const waiting = fleet(
      ({ at, verb }) => {
        if (at < since) return verb === 'watch' ? { lives: since - at, end: broken } : {};
        return at < outage ? { error: refused } : {};
      },
      { lasts: outage },
    );
    expect(untold(waiting, outage).slice(0, 3)).toEqual([]);
    expect(mostUnanswered(waiting)).toBeLessThan(20);
  });

  it('take a failure of this side for no answer', () => {
    const error = new KubeError({ reason: 'Credentials', resource: 'v1/r0', message: 'the plugin failed' });
    const all = fleet(({ who }) => (who === 0 ? { error, latency: 100 } : { error: refused }), { lasts: minutes(10) });
    const others = all.requests.filter(({ who }) => who !== 0);
    expect(mostUnanswered({ ...all, requests: others })).toBeLessThan(20);
  });

  it('do not wait one for another where only this side fails', () => {
    const error = new KubeError({ reason: 'Credentials', resource: 'v1/r0', message: 'the plugin failed' });
    const { events } = fleet(() => ({ error, latency: 100 }), { lasts: seconds(8) });
    const told = events.filter(({ event }) => event.type === 'Interrupted').map(({ who }) => who);
    expect(new Set(told).size).toBe(60);
  });

  it('all go on as soon as the head of one answer is there, however long its body takes', () => {
    const slow = fleet(({ verb }) => (verb === 'list' ? { body: seconds(75) } : {}), { lasts: minutes(4) });
    expect(syncedAfter(slow, 0).at(-1)).toBeLessThan(seconds(76));
  });

  it('wait no longer for a host that is not theirs any more', () => {
    const moves = seconds(100);
    const host = (_: number, at: number): string => (at < moves ? 'https://old.example' : 'https://new.example');
    const moved = fleet((request) => (request.at < moves ? { error: refused } : well(request)), {
      lasts: minutes(8),
      host,
    });
    expect(syncedAfter(moved, moves)).toHaveLength(60);
    expect(syncedAfter(moved, moves).at(-1)).toBeLessThan(5000);
  });

  it('stay below 20 requests a minute where the host is there for half a second in each half minute', () => {
    const here = 500;
    const flapping = fleet(
      ({ at, verb }) => {
        const since = at % seconds(30);
        if (since >= here) return { error: refused };
        return verb === 'watch' ? { lives: here - since, end: broken } : {};
      },
      { lasts: minutes(20) },
    );
    expect(mostUnanswered(flapping)).toBeLessThan(20);
  });
});

describe('the brake of a host', () => {
  it('is not outrun by requests that are given up, one after the other, before they fail', () => {
    const scheduler = new VirtualTimeScheduler(undefined, Infinity);
    const brake = new HostBrake(scheduler);
    const delay = (tries: number): number => Math.min(3900, 1000 * 1.25 ** (tries - 1));
    const spacing: Spacing = { drawn: delay, longest: delay };
    const sent: number[] = [];
    const giveUpAfter = seconds(1);
    const ask = (): void => {
      brake.turn(spacing).subscribe({
        complete: () => {
          sent.push(scheduler.now());
          scheduler.schedule(() => {
            brake.withdrawn(spacing);
            if (scheduler.now() < minutes(5)) ask();
          }, giveUpAfter);
        },
      });
    };
    ask();
    scheduler.flush();
    expect(sent.filter((at) => at >= minutes(1) && at < minutes(2)).length).toBeLessThan(20);
  });
});

const change = added(buildObject('default/a', '6'));
const hasty = kubeErrorFromStatus(
  'v1/pods',
  { ...status(429, 'TooManyRequests'), details: { retryAfterSeconds: 0.001 } },
  429,
);

/** What a server may do again and again. Where a list takes no notice of it, it is healthy. */
const habits: Readonly<Record<string, FleetAnswer>> = {
  'is well': { lives: seconds(270), end: null },
  'ends after a second': { lives: 1050, end: null },
  'ends at once': { lives: 0, end: null },
  'breaks after a second': { lives: 1050, end: broken },
  'breaks at once': { lives: 500, end: broken },
  'changes, then ends': { frames: [change], lives: 0, end: null },
  'changes, then breaks': { frames: [change], lives: 0, end: broken },
  'changes, then 410': { frames: [change, errorFrame(410, 'Expired')], lives: 0, end: null },
  '410 in the stream': { frames: [errorFrame(410, 'Expired')], lives: 0, end: null },
  refuses: { error: refused },
  'answers 410': { error: expired },
  'lags behind': { error: tooLarge, latency: 50 },
  'answers 500': { error: internal },
  'is in a hurry': { error: hasty },
  forbids: { error: forbidden },
  'refuses streams': { error: refusal },
};

describe('a reflector of a server that does the same two things by turns', () => {
  const names = Object.keys(habits);
  const pairs = names.flatMap((one) => names.map((other) => [one, other] as const));

  it.each([true, false])('does not ask for a list every second, nor for anything twice, streaming: %s', (streaming) => {
    for (const pair of pairs) {
      const { requests } = fleet(({ index }) => habits[pair[index % 2]!]!, {
        size: 1,
        lasts: minutes(10),
        streaming,
      });
      const isList = ({ verb, options }: FleetRequest): boolean =>
        options.sendInitialEvents === true || (verb === 'list' && options.limit !== 1);
      expect(requests.length / 600, pair.join(', ')).toBeLessThan(1.75);
      expect(requests.filter(isList).length / 600, pair.join(', ')).toBeLessThan(0.55);
    }
  });
});
