import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isExpired, isResourceVersionTooLarge, KubeError, type Status } from 'kuberx';
import { kubeErrorFromStatus } from 'kuberx/http';
import { kubeErrorFrom } from '#src/protocol/errors/kube-error.ts';

const from = (status: Status, code?: number, retryAfter?: number): KubeError =>
  kubeErrorFromStatus('v1/pods', status, code, retryAfter);

describe('kubeErrorFromStatus', () => {
  it('names the resource and the cause', () => {
    const error = from({ message: 'pods is forbidden', reason: 'Forbidden', code: 403 });
    expect(error).toBeInstanceOf(KubeError);
    expect(error.message).toBe('v1/pods: pods is forbidden');
    expect(error).toMatchObject({ reason: 'Forbidden', code: 403, resource: 'v1/pods' });
  });

  it('goes by the code where the reason is missing or unknown', () => {
    expect(from({ message: 'x' }, 503).reason).toBe('ServiceUnavailable');
    expect(from({ reason: 'Novel', code: 409 }).reason).toBe('Conflict');
    expect(from({ message: 'x' }, 418).reason).toBe('Unknown');
  });

  it('takes 410 and 429 by the code, whatever the reason says', () => {
    expect(from({ reason: 'Novel', code: 410 }).reason).toBe('Expired');
    expect(from({ reason: 'InternalError', code: 429 }).reason).toBe('TooManyRequests');
  });

  it('knows both words for a version that is gone', () => {
    expect(isExpired(from({ reason: 'Gone', code: 410 }))).toBe(true);
    expect(isExpired(from({ reason: 'Expired', code: 410 }))).toBe(true);
    expect(isExpired(from({ reason: 'NotFound', code: 404 }))).toBe(false);
  });

  it.each([
    { details: { causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }] } },
    { details: { causes: [{ message: 'Too large resource version' }] } },
    { message: 'Timeout: Too large resource version: 99, current: 5' },
  ] satisfies Status[])('knows a version of the future in every dialect: %j', (said) => {
    expect(isResourceVersionTooLarge(from({ reason: 'Timeout', code: 504, ...said }))).toBe(true);
  });

  it.each([{ message: 'request did not complete' }, { details: { causes: null } }, {}] satisfies Status[])(
    'takes no other timeout for one: %j',
    (said) => {
      expect(isResourceVersionTooLarge(from({ reason: 'Timeout', code: 504, ...said }))).toBe(false);
    },
  );

  it('waits for the longer of the header and the details', () => {
    expect(from({ code: 429, details: { retryAfterSeconds: 3 } }, 429, 1000).retryAfter).toBe(3000);
    expect(from({ code: 429, details: { retryAfterSeconds: 1 } }, 429, 9000).retryAfter).toBe(9000);
    expect(from({ code: 429 }, 429).retryAfter).toBeUndefined();
    expect(from({ code: 429, details: { retryAfterSeconds: -5 } }, 429).retryAfter).toBeUndefined();
  });
});

it.each([NaN, -5, 0, undefined])(
  'takes %j for no wish to wait, which would else be a loop without delay',
  (retryAfter) => {
    const error = new KubeError({ reason: 'TooManyRequests', resource: 'v1/pods', message: 'busy', retryAfter });
    expect(error.retryAfter).toBeUndefined();
  },
);

describe('kubeErrorFrom', () => {
  it('keeps a KubeError, and wraps anything else with its cause', () => {
    const error = from({ code: 500 });
    expect(kubeErrorFrom('v1/pods', error)).toBe(error);
    const cause = { name: 'TypeError', message: 'no' };
    const wrapped = kubeErrorFrom('v1/pods', new TypeError('no'));
    expect(wrapped).toMatchObject({ reason: 'Unknown', message: 'v1/pods: no', cause });
    expect(kubeErrorFrom('v1/pods', null).message).toBe('v1/pods: null');
  });
});

/** Everything that a log may show of an error. */
const shown = (error: unknown): string =>
  [
    inspect(error, { depth: Infinity, maxStringLength: Infinity }),
    JSON.stringify(error),
    String(error),
    (error as Error).stack,
  ].join('\n');

describe('what an error shows of what the server said', () => {
  const escape = '\u001b]0;owned\u0007\u202e\nnext line';
  const said = {
    message: `no ${escape}`,
    reason: 'Forbidden',
    code: 403,
    metadata: { continue: 'token-hunter2' },
    details: { name: 'name-hunter2', causes: [{ reason: 'r', message: 'cause-hunter2', field: 'f' }] },
  } satisfies Status;

  it('is one printable line of at most 1,000 characters', () => {
    const { message } = from(said);
    expect(message).toBe('v1/pods: no ]0;owned next line');
    const long = from({ ...said, message: 'x'.repeat(50_000_000) });
    expect(long.message).toMatch(/^v1\/pods: x+…$/);
    expect(long.message).toHaveLength(1000);
    expect(long.stack?.length).toBeLessThan(5000);
    const error = new KubeError({ reason: 'Network', resource: `v1/${escape}`, message: `broke ${escape}` });
    expect(`${error.message}${error.resource}`).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });

  it('leaves the rest of its Status behind a getter that is not printed', () => {
    const error = from(said);
    expect(error.status).toEqual(said);
    expect(shown(error)).not.toMatch(/hunter2|\u001b|\u0007|\u202e/);
    expect(Object.keys(error)).not.toContain('status');
  });

  it('keeps 64 Ki characters of a Status, and no more', () => {
    const causes = Array.from({ length: 100_000 }, () => ({ message: 'c', reason: 'ResourceVersionTooLarge' }));
    const error = from({ ...said, reason: 'Timeout', message: 'y'.repeat(30_000_000), details: { causes } });
    expect(JSON.stringify(error.status).length).toBeLessThan(100_000);
    expect(error.status).toMatchObject({ reason: 'Timeout', code: 403 });
    expect(error.status?.message).toMatch(/^y{30000}/);
    expect(isResourceVersionTooLarge(error)).toBe(true);
  });

  it.each([null, 'text', 7, [1], { details: { causes: 'none' } }, { details: 7 }, { message: {} }])(
    'takes a Status that is none for an empty one: %j',
    (none) => {
      const error = from(none as unknown as Status, 504);
      expect(error.message).toBe('v1/pods: the server answered 504 without a message');
      expect(isResourceVersionTooLarge(error)).toBe(false);
    },
  );
});

describe('what an error shows of its cause', () => {
  const failing = (cause: unknown) =>
    new KubeError({ reason: 'Network', resource: 'v1/pods', message: 'broke', cause });

  it('is name, code, message, syscall, address and port, and the causes behind it', () => {
    const socket = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), {
      code: 'ECONNREFUSED',
      errno: -111,
      syscall: 'connect',
      address: '10.0.0.1',
      port: 443,
      rawPacket: Buffer.from('hunter2'),
      options: { password: 'hunter2' },
    });
    const parser = Object.assign(new Error('bad \u001b[2J response'), {
      name: 'HTTPParserError',
      code: 'HPE_INVALID',
      data: 'hunter2',
      cause: socket,
    });
    const error = failing(Object.assign(new TypeError('fetch failed', { cause: parser }), { config: 'hunter2' }));
    expect(error.cause).toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
      cause: {
        name: 'HTTPParserError',
        message: 'bad [2J response',
        code: 'HPE_INVALID',
        cause: { code: 'ECONNREFUSED', syscall: 'connect', address: '10.0.0.1', port: 443 },
      },
    });
    expect(error.cause).toBeInstanceOf(Error);
    expect(shown(error)).not.toMatch(/hunter2|\u001b/);
    expect(shown(error)).toContain('kube-error.spec.ts');
  });

  it('is bounded in length and in depth, also where causes are a circle', () => {
    const long = Object.assign(new Error('m'.repeat(1_000_000)), {
      name: 'n'.repeat(1_000_000),
      code: 'c'.repeat(9999),
    });
    const circle = new Error('round', { cause: long });
    Object.assign(long, { cause: circle });
    expect(shown(failing(circle)).length).toBeLessThan(60_000);
  });

  it.each<[unknown, unknown]>([
    ['a \u001b[2J text', 'a [2J text'],
    [7, 7],
    [null, null],
    [{ headers: 'hunter2' }, 'an object'],
    [() => 'hunter2', 'a function'],
  ])('is a word where it is not an error: %j', (cause, word) => {
    expect(failing(cause).cause).toBe(word);
  });

  it('is the words of an error of another realm, and none of one that cannot be read', () => {
    expect(failing({ name: 'DOMException', message: 'aborted', hidden: 'hunter2' }).cause).toMatchObject({
      name: 'DOMException',
      message: 'aborted',
    });
    const hostile = new Proxy(new Error('no'), {
      get: () => {
        throw new Error('hunter2');
      },
    });
    expect(shown(failing(hostile))).not.toContain('hunter2');
  });

  it('is a KubeError as it is', () => {
    const cause = from({ code: 500 });
    expect(failing(cause).cause).toBe(cause);
  });
});
