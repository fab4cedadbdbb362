import { NEVER } from 'rxjs';
import { expect, it } from 'vitest';
import { type FakeTimes, Script, type ScriptedAnswers } from '#src/testing/script.ts';
import { virtualTime } from 'kuberx/testing';

interface Asked extends FakeTimes {
  readonly verb: 'ask' | 'tell';
}

it('counts the requests that are open, and the most at once', () => {
  const time = virtualTime();
  const script = new Script<Asked['verb'], Asked>({
    answers: [{ ask: NEVER }, { tell: [1] }, { ask: NEVER }] satisfies ScriptedAnswers<Asked['verb'], Asked>,
    verbs: ['ask', 'tell'],
    values: {},
    cold: undefined,
    resource: 'v1/pods',
    scheduler: time.scheduler,
    inWords: () => '',
    misfit: () => undefined,
  });
  const first = script.respond({ verb: 'ask' }).subscribe();
  script.respond({ verb: 'tell' }).subscribe();
  time.advance(5);
  first.unsubscribe();
  const last = script.respond({ verb: 'ask' }).subscribe();
  expect([script.openRequests, script.mostOpenRequests]).toEqual([1, 2]);
  last.unsubscribe();
  expect(script.openRequests).toBe(0);
  expect(script.requests.map(({ verb, at, endedAt }) => [verb, at, endedAt])).toEqual([
    ['ask', 0, 5],
    ['tell', 0, 0],
    ['ask', 5, 5],
  ]);
});
