import { describe, it } from 'vitest';
import { survives } from './hostile.ts';

// Several hundred in all; `hostile.long.spec.ts` has more.
describe('a server that is sent what cannot be read', () => {
  it.each([1, 2])('answers others after each of 150 attacks, and stops in time: seed %i', (seed) =>
    survives(seed, 150),
  );
});
