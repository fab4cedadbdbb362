import { describe, expect, it } from 'vitest';
import { SeedError } from 'kuberx';

describe('SeedError', () => {
  it('names the resource, the fault and what happens next in one line', () => {
    const error = new SeedError({
      resource: 'v1/pods\nin default',
      message: 'its object 3\nhas no metadata.name',
      index: 3,
    });
    expect(error).toMatchObject({ name: 'SeedError', resource: 'v1/pods\nin default', index: 3 });
    expect(error.cause).toBeUndefined();
    expect(error.message).toBe(
      'the seed of v1/pods in default is invalid: its object 3 has no metadata.name; no informer was made; without the seed it lists',
    );
  });
});
