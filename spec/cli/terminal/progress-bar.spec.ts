import { describe, expect, it } from 'vitest';
import { progressBar } from '../../../cli/terminal/progress-bar.ts';

describe('progressBar', () => {
  it.each([
    [0, '░░░░░░░░░░ 0% 0 of 2,000'],
    [1000, '█████░░░░░ 50% 1,000 of 2,000'],
    [2000, '██████████ 100% 2,000 of 2,000'],
    [2500, '██████████ 100% 2,500 of 2,000'],
  ])('shows %d of 2000', (received, line) => {
    expect(progressBar({ received, total: 2000 }, 10, 0)).toBe(line);
  });

  it('wanders where nobody knows the total', () => {
    const frames = [0, 100, 400, 500].map((now) => progressBar({ received: 1500, total: undefined }, 10, now));
    expect(frames).toEqual([
      '██████░░░░ 1,500 received',
      '░██████░░░ 1,500 received',
      '░░░░██████ 1,500 received',
      '██████░░░░ 1,500 received',
    ]);
    expect(progressBar({ received: 0, total: 0 }, 10, 0)).toBe('██████░░░░ 0 received');
  });
});
