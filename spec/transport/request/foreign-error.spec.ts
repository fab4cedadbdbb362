import { of, take, throwError, toArray, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type KubernetesObject, type ListOptions, type ListWatchFunctions, listWatchOf, reflector } from 'kuberx';
import { foreignError } from '#src/transport/request/foreign-error.ts';

const coded = (code: string, cause?: unknown): Error =>
  Object.assign(new Error(`hunter2 ${code}`, { cause }), { code });
const named = (name: string): Error => Object.assign(new Error('hunter2'), { name });
const fetchFailed = (cause?: unknown): Error => new TypeError('fetch failed', { cause });

describe('foreignError', () => {
  it.each<[string, unknown, string]>([
    ['of Node', coded('ECONNREFUSED'), 'ECONNREFUSED'],
    ['of undici', fetchFailed(coded('ECONNREFUSED')), 'ECONNREFUSED'],
    [
      'of two addresses',
      fetchFailed(new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')])),
      'ECONNREFUSED',
    ],
    ['of axios', Object.assign(coded('ECONNREFUSED'), { isAxiosError: true, response: undefined }), 'ECONNREFUSED'],
    ['of Bun', coded('ConnectionRefused'), 'ConnectionRefused'],
  ])('takes a refused connection for one: %s', (_, error, word) => {
    expect(foreignError('v1/pods', error)).toMatchObject({
      reason: 'ConnectionRefused',
      message: `v1/pods: the connection was refused (${word})`,
    });
  });

  it.each<unknown>([
    coded('ETIMEDOUT'),
    coded('UND_ERR_CONNECT_TIMEOUT'),
    fetchFailed(Object.assign(coded('UND_ERR_CONNECT_TIMEOUT'), { name: 'ConnectTimeoutError' })),
  ])('takes a connection that was not made in time for one: %s', (error) => {
    expect(foreignError('v1/pods', error)).toMatchObject({ reason: 'ConnectTimeout' });
  });

  it.each<unknown>([
    ...['ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNABORTED'].map((code) => coded(code)),
    ...['UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ERR_NETWORK', 'ERR_CANCELED'].map((code) => coded(code)),
    ...['ERR_STREAM_PREMATURE_CLOSE', 'ERR_HTTP2_STREAM_ERROR', 'ERR_SSL_WRONG_VERSION_NUMBER'].map((code) => coded(code)),
    ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID'].map((code) => coded(code)),
    named('AbortError'),
    named('TimeoutError'),
    new DOMException('hunter2', 'AbortError'),
    new DOMException('hunter2', 'TimeoutError'),
    fetchFailed(),
    fetchFailed(coded('ECONNRESET')),
    new TypeError('terminated'),
    new TypeError('Failed to fetch'),
    new TypeError('Load failed'),
    new TypeError('NetworkError when attempting to fetch resource.'),
  ])('takes what happened to a connection for that: %s', (error) => {
    const taken = foreignError('v1/pods', error);
    expect(taken).toMatchObject({ reason: 'Network' });
    expect(taken.message).not.toContain('hunter2');
  }); // prettier-ignore

  it.each<[unknown, string]>([
    [new SyntaxError('Unexpected token h in JSON: hunter2'), 'Malformed'],
    [Object.assign(new Error('invalid json'), { cause: new SyntaxError('hunter2') }), 'Malformed'],
    [new TypeError("Cannot read properties of undefined (reading 'hunter2')"), 'Unknown'],
    [coded('EHUNTER2'), 'Unknown'],
    [{ code: 'ENOENT' }, 'Unknown'],
    ['hunter2', 'Unknown'],
    [undefined, 'Unknown'],
  ])('takes nothing else for a connection: %j', (error, reason) => {
    const taken = foreignError('v1/pods', error);
    expect(taken).toMatchObject({ reason, code: undefined });
    expect(taken.message).not.toContain('hunter2');
  });

  it('reads the answer that an error carries, wherever a client has it', () => {
    const status = { kind: 'Status', message: 'too old', reason: 'Expired', code: 410 };
    const errors: unknown[] = [
      { code: 410, body: JSON.stringify(status) },
      { statusCode: 410, body: status },
      { status: 410, data: status },
      Object.assign(coded('ERR_BAD_REQUEST'), { status: 410, response: { status: 410, data: status } }),
      Object.assign(coded('ERR_NON_2XX_3XX_RESPONSE'), { response: { statusCode: 410, body: JSON.stringify(status) } }),
    ];
    for (const error of errors) {
      const taken = foreignError('v1/pods', error);
      expect(taken).toMatchObject({ reason: 'Expired', code: 410, message: 'v1/pods: too old' });
    }
  });

  it('takes an error that cannot be read, and a circle of causes', () => {
    const circle = coded('x');
    circle.cause = circle;
    const closed = new Proxy({}, { get: () => { throw new Error('hunter2'); } }); // prettier-ignore
    for (const error of [circle, closed]) expect(foreignError('v1/pods', error).reason).toBe('Unknown');
  });
});

/** What a reflector asks for, whose watch fails so, time after time. */
function asked(error: () => Error): unknown[] {
  const requests: unknown[] = [];
  const scheduler = new VirtualTimeScheduler(undefined, Infinity);
  const object: KubernetesObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', resourceVersion: '1' } };
  const listWatch = listWatchOf<KubernetesObject>({
    list: ({ resourceVersion, limit }: ListOptions) => {
      requests.push([limit === 1 ? 'verify' : 'list', resourceVersion]);
      return of({ items: [object], resourceVersion: '7' });
    },
    watch: ({ resourceVersion }) => {
      requests.push(['watch', resourceVersion]);
      return throwError(() => error());
    },
  } satisfies ListWatchFunctions<KubernetesObject>);
  reflector(listWatch, { scheduler, random: () => 0, streaming: false })
    .pipe(take(24), toArray())
    .subscribe();
  scheduler.flush();
  return requests;
}

describe('a watch that fails again and again', () => {
  it.each<[string, () => Error]>([
    ['by a connection that is refused', () => coded('ECONNREFUSED')],
    ['by fetch', () => fetchFailed(coded('ECONNREFUSED'))],
    ['by an abort', () => named('AbortError')],
    ['in a way that nobody knows', () => new Error('socket trouble')],
  ])('costs no list: %s', (_, error) => {
    const requests = asked(error) as [string, string][];
    expect(requests.length).toBeGreaterThan(6);
    expect(requests.filter(([verb]) => verb === 'list').length).toBe(1);
  });

  it('is listed anew where it fails by what came', () => {
    const requests = asked(() => new SyntaxError('Unexpected token')) as [string, string][];
    expect(requests.slice(0, 5)).toEqual([
      ['list', undefined],
      ['watch', '7'],
      ['watch', '7'],
      ['watch', '7'],
      ['list', '7'],
    ]);
  });
});
