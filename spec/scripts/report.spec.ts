import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failures } from '../../scripts/testing/report.ts';

const passed = { status: 'passed', fullName: 'does', failureMessages: [] };
const file = (more: object) => ({
  name: join(process.cwd(), 'spec/a.spec.ts'),
  status: 'failed',
  message: '',
  assertionResults: [passed],
  ...more,
});
const stackOf = (run: () => void): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).stack!;
  }
  throw new Error('it did not fail');
};

describe('failures', () => {
  it('name the file and the spec, and say in one line what went wrong', () => {
    const error = stackOf(() => expect(1).toBe(2));
    const assertionResults = [passed, { status: 'failed', fullName: 'a b', failureMessages: [error] }];
    expect(failures([file({ assertionResults })])).toEqual([
      'spec/a.spec.ts > a b: AssertionError: expected 1 to be 2 // Object.is equality',
    ]);
  });

  it('have the seed of a property', () => {
    const error = stackOf(() =>
      fc.assert(
        fc.property(fc.nat(), () => false),
        { seed: 42 },
      ),
    );
    const assertionResults = [{ status: 'failed', fullName: 'holds', failureMessages: [error] }];
    const [line, ...more] = failures([file({ assertionResults })]);
    expect(line).toMatch(
      /^spec\/a\.spec\.ts > holds: Error: Property failed after 1 tests \{ seed: 42, path: "[^\n]+$/,
    );
    expect(more).toEqual([]);
  });

  it('name a file that did not load', () => {
    const message = 'Error: Cannot find module\n    at load (a.js:1:1)';
    expect(failures([file({ message, assertionResults: [] })])).toEqual(['spec/a.spec.ts: Error: Cannot find module']);
  });

  it('are none where all has passed', () => {
    expect(failures([file({ status: 'passed' })])).toEqual([]);
  });
});
