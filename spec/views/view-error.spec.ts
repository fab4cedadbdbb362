import { afterEach, describe, expect, it, vi } from 'vitest';
import { printViewError, ViewError } from '#src/views/view-error.ts';

describe('ViewError', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const error = new ViewError({ reason: 'ImpureKey', message: 'two\nlines', key: 'default/a', cause: 5 });

  it('has its reason, the key of an object, the cause, and a message of one line', () => {
    expect(error).toMatchObject({
      name: 'ViewError',
      reason: 'ImpureKey',
      key: 'default/a',
      cause: 5,
      message: 'two lines',
    });
  });

  it('is printed where nobody takes it', () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    printViewError(error);
    expect(print).toHaveBeenCalledExactlyOnceWith(error);
  });
});
