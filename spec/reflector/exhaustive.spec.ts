import { describe, expect, it } from 'vitest';
import { brokenReflectors } from './broken-reflectors.ts';
import { marbleSpec } from './marble-spec.ts';
import { behaviours, moreBehaviours } from './model-server.ts';
import { play, sequences, type Failure } from './play.ts';

const longest = Number(process.env['KUBERX_EXHAUSTIVE'] ?? 4);

/** What is wrong, what was said, and a spec to keep. */
const report = (failure: Failure): string =>
  [...failure.breaches.slice(0, 3).map(({ what }) => what), ...failure.said, '', marbleSpec(failure)].join('\n');

describe('reflector, against every sequence of server behaviours', () => {
  it.each(Array.from({ length: longest + 1 }, (_, length) => length))(
    'keeps its promises through any %i',
    (length) => {
      let played = 0;
      for (const sequence of sequences(length)) {
        const failure = play(sequence);
        if (failure !== undefined) expect.fail(report(failure));
        played += 1;
      }
      expect(played).toBe(behaviours.length ** length);
    },
    600_000,
  );

  it('keeps its promises through any 3 of which one is of the network or of a page', () => {
    const more: ReadonlySet<string> = new Set(moreBehaviours);
    let played = 0;
    for (const sequence of sequences(3, [...behaviours, ...moreBehaviours])) {
      if (!sequence.some((behaviour) => more.has(behaviour))) continue;
      const failure = play(sequence);
      if (failure !== undefined) expect.fail(report(failure));
      played += 1;
    }
    expect(played).toBe((behaviours.length + moreBehaviours.length) ** 3 - behaviours.length ** 3);
  }, 600_000);
});

describe('the check itself', () => {
  it.each(Object.entries(brokenReflectors))('finds out a reflector that %s', (_, broken) => {
    const failures = Array.from(sequences(2), (sequence) => play(sequence, broken)).filter((failure) => failure);
    expect(failures.length).toBeGreaterThan(0);
  });
});
