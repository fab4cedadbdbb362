import { describe, expect, it } from 'vitest';
import { playEvery } from './every-sequence.ts';
import { behaviours, moreBehaviours, type Behaviour } from './model-server.ts';
import { sequences } from './play.ts';

const longest = Number(process.env['KUBERX_EXHAUSTIVE'] ?? 4);

/** Those of 3 with one at least of `moreBehaviours`. */
function* unusual(): Generator<readonly Behaviour[]> {
  const more: ReadonlySet<string> = new Set(moreBehaviours);
  for (const sequence of sequences(3, [...behaviours, ...moreBehaviours]))
    if (sequence.some((behaviour) => more.has(behaviour))) yield sequence;
}

describe('reflector, against every long sequence of server behaviours', () => {
  it.each(Array.from({ length: longest - 3 }, (_, index) => index + 4))(
    'keeps its promises through any %i',
    (length) => {
      expect(playEvery(sequences(length))).toBe(behaviours.length ** length);
    },
    600_000,
  );

  it('keeps its promises through any 3 with one of the network, of a page, or of a server that gives less', () => {
    expect(playEvery(unusual())).toBe((behaviours.length + moreBehaviours.length) ** 3 - behaviours.length ** 3);
  }, 600_000);
});
