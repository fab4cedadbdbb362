import { asyncScheduler } from 'rxjs';
import type { RunHelpers } from 'rxjs/testing';
import { type KubernetesObject, reflector, type ReflectorOptions } from 'kuberx';
import {
  fakeListerWatcher,
  type FakeAnswer,
  type FakeListerWatcher,
  type FakeListerWatcherOptions,
  type FakeRequest,
} from 'kuberx/testing';
import { marbles, random, transcript, values } from './marbles.ts';

export type Answer = FakeAnswer<KubernetesObject>;
export type Answers = readonly Answer[];
export type Values = NonNullable<FakeListerWatcherOptions<KubernetesObject>['values']>;

/** Without streaming lists. */
export const paged = { streaming: false } as const;

/** What came of a run. */
export interface Run {
  /** What the reflector said, each with its time: `800 Requested listing`. */
  readonly said: readonly string[];
  /** What it asked for, without what every watch asks for: `800 list {"limit":500}`. */
  readonly asked: readonly string[];
  readonly server: FakeListerWatcher<KubernetesObject>;
}

/** Runs a reflector against a script for so long. `more` are letters beyond those of all specs. */
export function run(
  milliseconds: number,
  answers: Answers | ((index: number, verb: 'list' | 'watch') => Answer),
  options: ReflectorOptions<KubernetesObject> = {},
  more: Values = {},
): Run {
  let said: string[] = [];
  let server!: FakeListerWatcher<KubernetesObject>;
  marbles((helpers: RunHelpers) => {
    const script =
      typeof answers === 'function' ? ({ verb }: FakeRequest, index: number) => answers(index, verb) : answers;
    server = fakeListerWatcher(script, { cold: helpers.cold as never, values: { ...values, ...more } });
    said = transcript(helpers, reflector(server, { random, ...options }), milliseconds, () => asyncScheduler.now());
  });
  const asked = server.requests.map(({ at, verb, options: asked }) => {
    const { timeoutSeconds: _, allowWatchBookmarks: __, ...rest } = asked;
    return `${at} ${verb} ${JSON.stringify(rest)}`;
  });
  return { said, asked, server };
}

/** What it asked for, without the times. */
export const requests = ({ asked }: Run): string[] => asked.map((line) => line.replace(/^\d+ /, ''));

/** The failures that it told of: `watching: Expired, attempt 1, retry in 1000`. */
export const interruptions = ({ said }: Run): string[] =>
  said.filter((line) => line.includes(' Interrupted ')).map((line) => line.replace(/^\d+ Interrupted /, ''));

/** How long it waited after each failure, in milliseconds. */
export const delays = (each: Run): number[] => interruptions(each).map((line) => Number(line.split(' ').at(-1)));
