import { describe, expect, it } from 'vitest';
import { explained } from '#src/workqueue/explanation.ts';

const none = { key: 'a', failures: 0, reasons: [], isPending: false } as const;
const failure = { name: 'Error', message: 'boom' };

describe('explained', () => {
  it.each([
    [{ ...none, state: 'idle' }, 'a waits for a wake'],
    [{ ...none, state: 'delayed', next: 312 }, 'a runs in 312 ms'],
    [{ ...none, state: 'delayed', next: 60_000, failures: 3, failure }, 'a runs in 60 s, after 3 failures: boom'],
    [{ ...none, state: 'ready', lasts: 5 }, 'a has stood in line for 5 ms'],
    [
      { ...none, state: 'held', lasts: 5, failures: 1, failure },
      'a has been held back for 5 ms, after 1 failure: boom',
    ],
    [
      { ...none, state: 'running', lasts: 12_345, isPending: true },
      'a has been running for 12 s, and runs once more after that',
    ],
    [{ ...none, state: 'gaveUp', failure }, 'a gave up, and runs when it is woken, after its last failures: boom'],
  ] as const)('says it in a sentence: %j', (explanation, text) => {
    expect(explained(explanation).text).toBe(text.replace('its last failures', 'its last failure'));
  });

  it('says that a key is locked', () => {
    expect(explained({ ...none, state: 'abandoned', lasts: 100_000 }).text).toMatch(/100 s, and is locked$/);
  });
});
