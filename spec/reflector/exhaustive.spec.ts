import { describe, expect, it } from 'vitest';
import { brokenReflectors } from './broken-reflectors.ts';
import { playEvery } from './every-sequence.ts';
import { behaviours, moreBehaviours } from './model-server.ts';
import { play, sequences } from './play.ts';

describe('reflector, against every sequence of server behaviours', () => {
  it.each([0, 1, 2, 3])('keeps its promises through any %i', (length) => {
    expect(playEvery(sequences(length))).toBe(behaviours.length ** length);
  });

  it('keeps its promises through any 2, those of the network, of pages and of servers that give less too', () => {
    const all = [...behaviours, ...moreBehaviours];
    expect(playEvery(sequences(2, all))).toBe(all.length ** 2);
  });
});

describe('the check itself', () => {
  it.each(Object.entries(brokenReflectors))('finds out a reflector that %s', (_, broken) => {
    const failures = Array.from(sequences(2), (sequence) => play(sequence, broken)).filter((failure) => failure);
    expect(failures.length).toBeGreaterThan(0);
  });
});
