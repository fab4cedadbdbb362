import { describe, expect, it } from 'vitest';
import { counted, soakCommand } from './soak-command.ts';

describe.concurrent('npm run soak', () => {
  it('finds no divergence, through every kind of fault', async () => {
    const { code, output } = await soakCommand(['--minutes', '0.3', '--seed', '1', '--faults', '200']);

    expect(code, output).toBe(0);
    expect(counted(output, 'divergences'), output).toBe(0);
    expect(counted(output, 'seed')).toBe(1);
    for (const count of ['events', 'relists', 'interruptions'])
      expect(counted(output, count), count).toBeGreaterThan(0);
    expect(output).toMatch(/^lag: 0 \(streaming\): longest \d+\.\d s, \d+\.\d s in all$/mu);
    expect(output).toMatch(/^longest lag: \d+\.\d s$/mu);
    const kinds = ['cut (reset)', 'cut (end)', 'stall', 'half-open', 'delay', 'truncate', 'duplicate', 'garble'];
    const answers = [410, 429, 500, 503, 504].map((status) => `answer ${status}`);
    for (const kind of [...kinds, ...answers, 'error frame 410', 'server compaction']) {
      expect(counted(output, `fault: ${kind}`), kind).toBeGreaterThan(0);
    }
  }, 90_000);

  it('ends at its next quiet point when it is interrupted, with its record', async () => {
    const { code, output } = await soakCommand(['--minutes', '5', '--seed', '4'], /quiet point 1: /u);

    expect(code, output).toBe(0);
    expect(output).toContain('stopped before its time');
    expect(counted(output, 'faults')).toBeGreaterThan(0);
    expect(counted(output, 'divergences'), output).toBe(0);
  }, 60_000);
});
