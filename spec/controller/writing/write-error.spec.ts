import { describe, expect, it } from 'vitest';
import { WriteError } from 'kuberx';

describe('WriteError', () => {
  it('names the resource and the object, in one line that can be printed', () => {
    const error = new WriteError('NoVersion', 'v1/pods', 'default/a\u001b[31m\n', 'no version');
    expect(error).toMatchObject({ name: 'WriteError', reason: 'NoVersion', resource: 'v1/pods' });

    expect(error.message).not.toMatch(/[\u0000-\u001f]/);
    expect(error.message).toMatch(/^v1\/pods default\/a.*: no version$/);
    expect(error.cause).toBeUndefined();
  });

  it('keeps its cause', () => {
    const cause = new Error('behind it');
    expect(new WriteError('FieldConflict', 'v1/pods', 'default/a', 'why', cause).cause).toBe(cause);
  });
});
