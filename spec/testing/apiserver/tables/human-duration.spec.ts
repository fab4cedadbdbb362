import { expect, it } from 'vitest';
import { humanDuration } from '#src/testing/apiserver/tables/human-duration.ts';

it.each([
  [-5, '<invalid>'],
  [-1.5, '0s'],
  [0, '0s'],
  [119.9, '119s'],
  [120, '2m'],
  [367, '6m7s'],
  [600, '10m'],
  [179 * 60, '179m'],
  [180 * 60, '3h'],
  [7.5 * 3600, '7h30m'],
  [8 * 3600 + 60, '8h'],
  [47 * 3600, '47h'],
  [48 * 3600, '2d'],
  [49 * 3600, '2d1h'],
  [8 * 86_400 + 3600, '8d'],
  [729 * 86_400, '729d'],
  [(2 * 365 + 3) * 86_400, '2y3d'],
  [9 * 365 * 86_400 + 86_400, '9y'],
])('shows %d seconds as %s', (seconds, text) => {
  expect(humanDuration(seconds)).toBe(text);
});
