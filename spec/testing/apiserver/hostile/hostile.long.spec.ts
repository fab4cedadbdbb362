import { describe, it } from 'vitest';
import { survives } from './hostile.ts';

describe('a server that is sent what cannot be read, for long', () => {
  it.each(Array.from({ length: 8 }, (_, index) => 100 + index))(
    'answers others after each of 500 attacks, and stops in time: seed %i',
    (seed) => survives(seed, 500),
    120_000,
  );
});
