import { expect } from 'vitest';
import { marbleSpec } from './marble-spec.ts';
import type { Behaviour } from './model-server.ts';
import { play, type Failure } from './play.ts';

/** What is wrong, what was said, and a spec to keep. */
const report = (failure: Failure): string =>
  [...failure.breaches.slice(0, 3).map(({ what }) => what), ...failure.said, '', marbleSpec(failure)].join('\n');

/** Plays every one of these sequences against the reflector, fails at the first broken promise, and counts them. */
export function playEvery(sequences: Iterable<readonly Behaviour[]>): number {
  let played = 0;
  for (const sequence of sequences) {
    const failure = play(sequence);
    if (failure !== undefined) expect.fail(report(failure));
    played += 1;
  }
  return played;
}
