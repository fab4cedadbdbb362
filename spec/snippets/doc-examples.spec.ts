import { describe, expect, it } from 'vitest';
import { publicFunctions } from './doc-examples.ts';
import { withoutExample } from './without-example.ts';

describe('the doc comments of public functions', () => {
  it('have an example each, but for a list of exceptions that only shrinks', () => {
    const without = publicFunctions.filter(({ hasExample }) => !hasExample).map(({ name }) => name);
    expect(without).toEqual(withoutExample);
    expect(withoutExample.length).toBe(0);
    expect(publicFunctions.length).toBeGreaterThan(80);
  });
});
