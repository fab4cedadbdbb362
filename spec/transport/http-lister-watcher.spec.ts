import { defer, finalize, from, NEVER, type Observable, of, throwError, toArray, concat } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { isExpired, isResourceVersionTooLarge, KubeError, type KubernetesObject, type ListPage } from 'kuberx';
import type { HttpEvent, HttpRequest } from '#src/transport/request/http-client.ts';
import { httpListerWatcher, type HttpListerWatcherOptions } from '#src/transport/http-lister-watcher.ts';
import { chunk, firstOf, head, pieces, response } from './responses.ts';

const secret = 'hunter2';
const json = (value: unknown) => JSON.stringify(value);

function listerWatcher(answer$: Observable<HttpEvent>, options: Partial<HttpListerWatcherOptions> = {}) {
  const requests: HttpRequest[] = [];
  function http(request: HttpRequest): Observable<HttpEvent> {
    return defer(() => {
      requests.push(request);
      return answer$;
    });
  }
  const port = httpListerWatcher<KubernetesObject>({
    http,
    resource: 'v1/pods in default',
    path: '/api/v1/namespaces/default/pods',
    apiVersion: 'v1',
    ...options,
  });
  return { port, requests };
}

const list = (body: unknown, options?: Partial<HttpListerWatcherOptions>): Promise<ListPage<KubernetesObject>> =>
  firstOf(listerWatcher(response(200, typeof body === 'string' ? body : json(body)), options).port.list({}));

async function failure(promise: Promise<unknown>): Promise<KubeError> {
  const error: unknown = await promise.then(
    () => 'no failure',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(KubeError);
  return error as KubeError;
}

const fails = (status: number, body: string, headers = {}, options: Partial<HttpListerWatcherOptions> = {}) =>
  failure(firstOf(listerWatcher(response(status, body, headers), options).port.list({})));

const podList = (items: unknown, metadata: object = { resourceVersion: '7' }) => ({
  kind: 'PodList',
  apiVersion: 'v1',
  metadata,
  items,
});
const item = (name: string) => ({ metadata: { name, uid: name, resourceVersion: '3' }, spec: {} });

describe('requests of httpListerWatcher', () => {
  it('ask for a list as it is wanted', () => {
    const { port, requests } = listerWatcher(NEVER, {
      labelSelector: 'app in (a, b)',
      fieldSelector: 'spec.nodeName=n1',
    });
    port
      .list({ limit: 500, continue: 'a=b&c', resourceVersion: '0', resourceVersionMatch: 'NotOlderThan' })
      .subscribe();
    const [request] = requests;
    const url = new URL(request?.path ?? '', 'http://localhost');
    expect(url.pathname).toBe('/api/v1/namespaces/default/pods');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      labelSelector: 'app in (a, b)',
      fieldSelector: 'spec.nodeName=n1',
      limit: '500',
      continue: 'a=b&c',
      resourceVersion: '0',
      resourceVersionMatch: 'NotOlderThan',
    });
    expect(request?.headers).toEqual({ accept: 'application/json' });
  });

  it('ask for nothing that was not wanted', () => {
    const { port, requests } = listerWatcher(NEVER);
    port.list({}).subscribe();
    port.watch({}).subscribe();
    expect(requests.map(({ path }) => path)).toEqual([
      '/api/v1/namespaces/default/pods',
      '/api/v1/namespaces/default/pods?watch=true',
    ]);
  });

  it.each([null, { app: 'web' }, 5])(
    'are not made with %j as a selector: in text it would select something else',
    (given) => {
      const selector = given as unknown as string;
      expect(() => listerWatcher(response(200, '{}'), { labelSelector: selector })).toThrow(
        /^labelSelector is .*a text/,
      );
      expect(() => listerWatcher(response(200, '{}'), { fieldSelector: selector })).toThrow(
        /^fieldSelector is .*a text/,
      );
    },
  );

  it.each([
    ['labelselector', 'labelSelector'],
    ['labelSelectors', 'labelSelector'],
    ['field_selector', 'fieldSelector'],
    ['nameSpace', 'namespace'],
  ])('are not made where %s is misspelt: all would be selected', (name, meant) => {
    expect(() => listerWatcher(NEVER, { [name]: 'a=b' })).toThrow(
      new TypeError(`${name} is not an option; ${meant} is.`),
    );
  });

  it('ask for a watch as it is wanted, with the selectors of the list', () => {
    const { port, requests } = listerWatcher(NEVER, { labelSelector: 'app=a' });
    const options = { resourceVersionMatch: 'NotOlderThan', sendInitialEvents: true } as const;
    port.watch({ ...options, allowWatchBookmarks: true, timeoutSeconds: 250 }).subscribe();
    const url = new URL(requests[0]?.path ?? '', 'http://localhost');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      watch: 'true',
      labelSelector: 'app=a',
      resourceVersionMatch: 'NotOlderThan',
      sendInitialEvents: 'true',
      allowWatchBookmarks: 'true',
      timeoutSeconds: '250',
    });
  });

  it('ask for metadata only, in the form of the list and in that of the watch, or else for whole objects', () => {
    const { port, requests } = listerWatcher(NEVER, { metadataOnly: true });
    port.list({}).subscribe();
    port.watch({}).subscribe();
    expect(requests.map(({ headers }) => headers['accept'])).toEqual([
      'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json',
      'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json',
    ]);
  });

  it('are sent for each subscription', () => {
    const { port, requests } = listerWatcher(NEVER);
    const page$ = port.list({});
    expect(requests).toHaveLength(0);
    page$.subscribe();
    page$.subscribe();
    expect(requests).toHaveLength(2);
  });
});

describe('a list page', () => {
  it('has the kind and apiVersion of the list, where watch events have them', async () => {
    const page = await list(podList([item('a')], { resourceVersion: '7', continue: 'next', remainingItemCount: 41 }));
    expect(page).toEqual({
      items: [{ kind: 'Pod', apiVersion: 'v1', ...item('a') }],
      resourceVersion: '7',
      continue: 'next',
      remainingItemCount: 41,
    });
    expect(Object.keys(page.items[0] ?? {})).toEqual(['kind', 'apiVersion', 'metadata', 'spec']);
  });

  it('keeps the kinds that items bring along', async () => {
    const widget = { apiVersion: 'example.io/v1', kind: 'Widget', ...item('a') };
    const body = {
      kind: 'WidgetCollection',
      apiVersion: 'example.io/v1',
      metadata: { resourceVersion: '7' },
      items: [widget],
    };
    expect((await list(body, { apiVersion: 'example.io/v1' })).items).toEqual([widget]);
  });

  it('is the last one where the token is empty, and empty where items are null', async () => {
    expect(await list(podList(null, { resourceVersion: '7', continue: '' }))).toEqual({
      items: [],
      resourceVersion: '7',
    });
  });

  it.each([
    ['without metadata', { kind: 'PodList', apiVersion: 'v1', items: [item('a')] }],
    ['without a version', podList([item('a')], {})],
    ['with a version that is null', podList([item('a')], { resourceVersion: null })],
    ['with an empty version', podList([item('a')], { resourceVersion: '' })],
  ])('is taken %s, as aggregated APIs send it, and has an empty version', async (_, body) => {
    expect(await list(body)).toMatchObject({ resourceVersion: '', items: [{ metadata: { name: 'a' } }] });
  });

  it('keeps an own __proto__ member as data', async () => {
    const body = `{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"a","resourceVersion":"1"},"__proto__":{"polluted":true}}]}`;
    const [object] = (await list(body)).items;
    expect(Object.getOwnPropertyDescriptor(object, '__proto__')?.value).toEqual({ polluted: true });
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(object?.kind).toBe('Pod');
  });

  it.each([
    ['what is not JSON', `{"items":["${secret}"`, 'the body of the list is not JSON'],
    ['null', 'null', 'the body of the list is not an object'],
    [
      'a Status',
      json({ kind: 'Status', apiVersion: 'v1', metadata: { resourceVersion: '1' } }),
      'the body has no items, so it is not a list',
    ],
    [
      'a Table',
      json({ kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: { resourceVersion: '1' }, rows: [] }),
      'the body has no items, so it is not a list',
    ],
    [
      'a version that is a number',
      json(podList([], { resourceVersion: 5 })),
      'the list has a metadata.resourceVersion that is not text',
    ],
    [
      'a token that is not text',
      json(podList([], { resourceVersion: '1', continue: 5 })),
      'the list has a metadata.continue that is not text',
    ],
  ])('that is %s is Malformed, in the words of the place', async (_, body, message) => {
    // prettier-ignore
    const error = await failure(list(body));
    expect(error).toMatchObject({ reason: 'Malformed', message: `v1/pods in default: ${message}` });
    expect(error.cause).toBeUndefined();
  });

  it.each([
    ['a null item', null, 'is not an object'],
    ['an item without metadata', { spec: secret }, 'has no metadata'],
    ['an item without name', { metadata: { resourceVersion: '1', uid: secret } }, 'has no metadata.name'],
    [
      'an item with a namespace that is not text',
      { metadata: { name: 'a', namespace: [] } },
      'has a metadata.namespace that is not text',
    ],
  ])('is without %s, and says so in the words of the place', async (_, other, problem) => {
    const { items, refused } = await list(podList([item('a'), other, item('b')]));
    expect(items.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
    expect(refused).toMatchObject({ count: 1, error: { reason: 'Malformed', resource: 'v1/pods in default' } });
    const message = `v1/pods in default: item 2 of the list ${problem}, and is left out`;
    expect(refused?.error.message).toBe(message);
    expect(refused?.error.cause).toBeUndefined();
    const twice = await list(podList([item('a'), other, null, other]));
    expect(twice.refused).toMatchObject({ count: 3, error: { message: `${message}, as are 2 others` } });
  });

  it('is taken in whichever version and kind it comes', async () => {
    const stored = { apiVersion: 'example.io/v1beta1', kind: 'Widget', ...item('a') };
    const body = { kind: 'GadgetList', apiVersion: 'example.io/v2', metadata: { resourceVersion: '7' } };
    const page = await list({ ...body, items: [stored, item('b')] }, { apiVersion: 'example.io/v1' });
    expect(page.items).toEqual([stored, { apiVersion: 'example.io/v2', kind: 'Gadget', ...item('b') }]);
    expect(page.refused).toBeUndefined();
  });

  it('needs no kind, no version of its items, and takes null for nothing', async () => {
    const bare = { metadata: { name: 'a', namespace: null, uid: null, resourceVersion: null, labels: { app: 'x' } } };
    const metadata = { resourceVersion: '7', continue: null };
    expect(await list({ ...podList([bare], metadata), kind: undefined, apiVersion: undefined })).toStrictEqual({
      items: [{ apiVersion: 'v1', metadata: { name: 'a', labels: { app: 'x' } } }],
      resourceVersion: '7',
    });
  });

  it('is the same however its bytes are cut, also inside a character', async () => {
    const text = json(podList([item('a'), { ...item('b'), spec: { note: 'é\u{1f600}\ufeff' } }, item('c')]));
    const bytes = new TextEncoder().encode(`\ufeff${text}`);
    const cuts = Array.from(bytes, (_, index) => index);
    const answer$ = concat(of(head(200)), from(pieces(bytes, cuts).map(chunk)));
    expect(await firstOf(listerWatcher(answer$).port.list({}))).toEqual(await list(text));
  });

  it('says Malformed for bytes that end inside a character', async () => {
    const answer$ = of(head(200), chunk(Uint8Array.of(0x22, 0xc3)));
    expect(await failure(firstOf(listerWatcher(answer$).port.list({})))).toMatchObject({ reason: 'Malformed' });
  });

  it('says Malformed for bytes that are not UTF-8', async () => {
    const answer$ = of(head(200), chunk(Uint8Array.of(0x22, 0xff, 0x22)));
    expect(await failure(firstOf(listerWatcher(answer$).port.list({})))).toMatchObject({ reason: 'Malformed' });
  });

  it('says TooLarge before reading what is announced as too large, and while reading what was not', async () => {
    let aborted = 0;
    const growing$ = concat(of(head(200), chunk('x'.repeat(60)), chunk('x'.repeat(60))), NEVER);
    const announced$ = concat(of(head(200, { 'content-length': '101' })), NEVER);
    for (const answer$ of [growing$, announced$]) {
      const counted$ = answer$.pipe(finalize(() => (aborted += 1)));
      const error = await failure(firstOf(listerWatcher(counted$, { maxBodyBytes: 100 }).port.list({})));
      expect(error).toMatchObject({
        reason: 'TooLarge',
        message: 'v1/pods in default: the body of the response has more than 100 bytes: ask for smaller pages',
      });
    }
    expect(aborted).toBe(2);
  });

  it('says TooLarge of an item that is longer than is set, and not of many that are not', async () => {
    const listed = (items: readonly object[]) => list(podList(items), { maxItemBytes: 1000 });
    const short = Array.from({ length: 100 }, (_, index) => item(`pod-${index}`));
    expect((await listed(short)).items).toHaveLength(100);
    const long = [item('a'), { ...item('b'), spec: { note: 'x'.repeat(1000) } }, item('c')];
    expect(await failure(listed(long))).toMatchObject({
      reason: 'TooLarge',
      message:
        'v1/pods in default: an item of the list, or what cannot be cut into items, has more than 1000 bytes: ' +
        'ask for smaller pages, or raise maxItemBytes',
    });
  });

  it.each(['maxFrameBytes', 'maxItemBytes', 'maxBodyBytes'])('is never asked for where %s is not a limit', (name) => {
    for (const bytes of [0, -1, NaN, '64', null]) {
      expect(() => listerWatcher(NEVER, { [name]: bytes })).toThrow(
        new RangeError(`${name} is ${bytes}; it takes a number of bytes above 0 (Infinity for no limit).`),
      );
    }
    expect(() => listerWatcher(NEVER, { [name]: Infinity })).not.toThrow();
  });

  it('is whole or nothing: an error of the connection passes', async () => {
    const broken = new KubeError({ reason: 'Network', resource: 'r', message: 'reset' });
    const answer$ = concat(
      of(head(200), chunk('{')),
      throwError(() => broken),
    );
    expect(await failure(firstOf(listerWatcher(answer$).port.list({})))).toBe(broken);
  });
});

describe('a failed response', () => {
  it('is the error of its Status', async () => {
    const status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Timeout: Too large resource version: 999999, current: 119',
      reason: 'Timeout',
      details: { causes: [{ reason: 'ResourceVersionTooLarge', message: 'm' }], retryAfterSeconds: 1 },
      code: 504,
    };
    const error = await fails(504, json(status), { 'retry-after': '3' });
    expect(error).toMatchObject({ reason: 'Timeout', code: 504, retryAfter: 3000 });
    expect(isResourceVersionTooLarge(error)).toBe(true);
  });

  it('keeps the token of an expired list, and is known without kind', async () => {
    const error = await fails(
      410,
      json({ metadata: { continue: 't' }, message: 'too old', reason: 'Expired', code: 410 }),
    );
    expect(isExpired(error)).toBe(true);
    expect(error.status?.metadata).toEqual({ continue: 't' });
  });

  it.each([
    [
      404,
      '404 page not found\n',
      'NotFound',
      'the server has no such resource (404 at /api/v1/namespaces/default/pods)',
    ],
    [
      429,
      'Too many requests, please try again later.\n',
      'TooManyRequests',
      'Too many requests, please try again later.',
    ],
    [500, '', 'InternalError', 'the server answered 500 without a message'],
    [502, '<html>\r\n<body>Bad\n\n gateway</body>', 'Unknown', '<html> <body>Bad gateway</body>'],
    [403, '{"a":1}', 'Forbidden', '{"a":1}'],
    [503, '"oops"', 'ServiceUnavailable', '"oops"'],
    [401, json({ kind: 'Status', message: 'Unauthorized', code: 200 }), 'Unauthorized', 'Unauthorized'],
    [500, 'x'.repeat(500), 'InternalError', `${'x'.repeat(299)}…`],
    [302, 'moved', 'Unknown', 'the server redirects (302), and redirects are not followed'],
  ])('%d with the body %j is %s', async (status, body, reason, message) => {
    // prettier-ignore
    const error = await fails(status, body);
    expect(error).toMatchObject({ reason, code: status, message: `v1/pods in default: ${message}` });
  });

  it('fails a watch as it fails a list', async () => {
    const { port } = listerWatcher(response(429, 'slow down', { 'retry-after': '7' }));
    const error = await failure(firstOf(port.watch({}).pipe(toArray())));
    expect(error).toMatchObject({ reason: 'TooManyRequests', retryAfter: 7000 });
  });

  it('is read up to 64 KiB, and counts where its body breaks off', async () => {
    const endless$ = concat(of(head(500), ...Array.from({ length: 3 }, () => chunk('x'.repeat(30_000)))), NEVER);
    expect(await failure(firstOf(listerWatcher(endless$).port.list({})))).toMatchObject({ code: 500 });
    const broken$ = concat(
      of(head(403), chunk('no')),
      throwError(() => new Error('reset')),
    );
    expect(await failure(firstOf(listerWatcher(broken$).port.list({})))).toMatchObject({ code: 403 });
  });

  it.each([
    [{ 'retry-after': '2' }, undefined, 2000],
    [{ 'retry-after': 'Sun, 06 Nov 1994 08:49:47 GMT', date: 'Sun, 06 Nov 1994 08:49:37 GMT' }, undefined, 10_000],
    [{ 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, () => 784_111_774_000, 3000],
    [{ 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, () => 784_111_779_000, undefined],
    [{ 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, undefined, undefined],
    [{ 'retry-after': '-5' }, undefined, undefined],
    [{ 'retry-after': 'soon' }, undefined, undefined],
    [{ 'retry-after': '' }, undefined, undefined],
  ])('waits as %j asks', async (headers, now, expected) => {
    expect((await fails(503, '', headers, { now })).retryAfter).toBe(expected);
  });
});

describe('a server that does not cut objects to their metadata', () => {
  const partial = (name: string) => ({
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: item(name).metadata,
  });
  const added = `${json({ type: 'ADDED', object: { kind: 'Pod', apiVersion: 'v1', ...item('a') } })}\n`;

  it('is taken at its word: whole objects are cut here', async () => {
    for (const text of [
      json(podList([item('a'), item('b')])),
      JSON.stringify(podList([item('a'), item('b')]), null, 1),
    ]) {
      const page = await list(text, { metadataOnly: true });
      expect(page).toStrictEqual({ items: [partial('a'), partial('b')], resourceVersion: '7' });
    }
    const { port } = listerWatcher(response(200, added), { metadataOnly: true });
    const frames = await firstOf(port.watch({}).pipe(toArray()));
    expect(frames[1]).toStrictEqual({ type: 'ADDED', object: partial('a'), resourceVersion: '3' });
  });

  function answering(...answers: readonly (readonly [accept: RegExp, answer$: Observable<HttpEvent>])[]) {
    const rest = [...answers];
    function http({ headers }: HttpRequest): Observable<HttpEvent> {
      return defer(() => {
        const [accept, answer$] = rest.shift()!;
        expect(headers['accept']).toMatch(accept);
        return answer$;
      });
    }
    const { port } = listerWatcher(NEVER, { http, metadataOnly: true });
    return { port, rest };
  }
  const whole = /^application\/json$/;
  const partially = /PartialObjectMetadata/;

  it('is asked for whole objects where it says 406, and from then on', async () => {
    const { port, rest } = answering(
      [partially, response(406, 'not acceptable')],
      [whole, response(200, json(podList([item('a')])))],
      [whole, response(200, added)],
    );
    expect((await firstOf(port.list({}))).items).toStrictEqual([partial('a')]);
    expect((await firstOf(port.watch({}).pipe(toArray())))[1]).toMatchObject({ object: partial('a') });
    expect(rest).toEqual([]);
  });

  it('is asked for metadata again where it does not answer that either, and where it fails otherwise', async () => {
    const { port, rest } = answering(
      [partially, response(406, '')],
      [whole, response(503, '')],
      [partially, response(403, '')],
      [partially, response(200, json(podList([item('a')])))],
    );
    expect(await failure(firstOf(port.list({})))).toMatchObject({ code: 503 });
    expect(await failure(firstOf(port.list({})))).toMatchObject({ code: 403 });
    expect((await firstOf(port.list({}))).items).toHaveLength(1);
    expect(rest).toEqual([]);
  });
});
