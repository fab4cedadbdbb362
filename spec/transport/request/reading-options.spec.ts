import { NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { listWatch } from 'kuberx/http';
import { readingOptionNames } from '#src/transport/request/reading-options.ts';

describe('readingOptionNames', () => {
  it.each(readingOptionNames)('are read, and checked before a request: %s', (name) => {
    expect(() => listWatch(() => NEVER, 'v1/pods', { [name]: -1 } as object)).toThrow(name);
  });
});
