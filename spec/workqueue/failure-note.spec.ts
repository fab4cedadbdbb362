import { describe, expect, it } from 'vitest';
import { failureNote } from '#src/workqueue/failure-note.ts';

describe('failureNote', () => {
  it('keeps the words of an error, and nothing that may be a body', () => {
    const error = Object.assign(new TypeError('boom'), {
      reason: 'Conflict',
      code: 409,
      body: { secret: 1 },
      cause: {},
    });
    expect(failureNote(error)).toEqual({ name: 'TypeError', message: 'boom', reason: 'Conflict', code: 409 });
  });

  it.each([
    ['boom', 'boom'],
    [undefined, 'undefined'],
    [null, 'null'],
    [5, '5'],
    [{ message: 5 }, 'something was thrown that is not an error'],
    [() => undefined, 'a function was thrown'],
  ])('takes %j for a failure as well', (thrown, message) => {
    expect(failureNote(thrown)).toEqual({ name: 'Error', message });
  });

  it('says so where an error throws when it is read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(failureNote(proxy)).toEqual({ name: 'Error', message: 'something was thrown that throws when it is read' });
  });
});
