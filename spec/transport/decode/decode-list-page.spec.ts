import {
  concat,
  filter,
  firstValueFrom,
  from,
  interval,
  map,
  NEVER,
  type Observable,
  type ObservableInput,
  of,
  take,
} from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Interrupted, type KubernetesObject, type ListPage, reflector } from 'kuberx';
import { type HttpEvent, httpListerWatcher } from 'kuberx/http';
import { decodeListPage, type DecodeListPageOptions } from '#src/transport/decode/decode-list-page.ts';
import type { ObjectRule } from '#src/transport/decode/object-rule.ts';
import { firstOf } from '../responses.ts';

const rule: ObjectRule = { resource: 'v1/configmaps', apiVersion: 'v1' };
const mebi = 1024 * 1024;

const decoded = (
  texts: ObservableInput<string>,
  options?: DecodeListPageOptions,
): Promise<ListPage<KubernetesObject>> => firstOf(from(texts).pipe(decodeListPage<KubernetesObject>(rule, options)));

const item = (name: string, length: number) => ({
  metadata: { name, resourceVersion: '1' },
  data: { text: 'x'.repeat(length) },
});
const list = (items: readonly object[]) =>
  JSON.stringify({ kind: 'ConfigMapList', apiVersion: 'v1', metadata: { resourceVersion: '7' }, items });

/** The text in parts of such a length, after which nothing more comes: an error is told before the end. */
function growing(text: string, length: number): Observable<string> {
  const parts = Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  );
  return concat(parts, NEVER);
}

describe('decodeListPage', () => {
  it('takes a list that is longer than any text', async () => {
    const item = { metadata: { name: 'a', resourceVersion: '1' }, data: { text: 'x'.repeat(mebi) } };
    const head = '{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[';
    const text = JSON.stringify(item);
    const texts = [head, ...Array<string>(515).fill(`${text},`), text, ']}'];
    const { data: _, ...short } = item;
    const page = await decoded(texts, { parse: () => short });
    expect(page).toMatchObject({ resourceVersion: '7', items: { length: 516 } });
    expect(page.items[514]).toMatchObject(short);
  });

  it('says TooLarge where a list of more than 256 MiB cannot be cut into items', async () => {
    const texts$ = concat(Array<string>(5).fill('x'.repeat(64 * mebi)), NEVER);
    await expect(decoded(texts$)).rejects.toMatchObject({
      reason: 'TooLarge',
      message:
        'v1/configmaps: an item of the list, or what cannot be cut into items, has more than 268435456 bytes: ' +
        'ask for smaller pages, or raise maxItemBytes',
    });
  });

  it.each([
    ['one item is', list([item('a', 10), item('b', 10), item('c', 200_000), item('d', 10)])],
    ['the first item is', list([item('a', 200_000), item('b', 10)])],
    ['items that cannot be cut are', JSON.stringify(JSON.parse(list(Array(2000).fill(item('a', 10)))), null, 2)],
    ['what is not a list is', JSON.stringify({ kind: 'ConfigMapList', metadata: { text: 'x'.repeat(200_000) } })],
    ['what is not JSON is', '['.repeat(200_000)],
  ])('says TooLarge, before the end, where %s longer than is set', async (_, text) => {
    for (const length of [100, 64 * 1024, text.length]) {
      await expect(decoded(growing(text, length), { maxItemBytes: 100_000 })).rejects.toMatchObject({
        reason: 'TooLarge',
        resource: 'v1/configmaps',
      });
    }
  });

  it('takes any number of items that are not too long, however they come', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `name-${index}`);
    const text = list(names.map((name) => item(name, 1000)));
    for (const length of [100, 64 * 1024, text.length]) {
      const page = await decoded(growing(text, length).pipe(take(Math.ceil(text.length / length))), {
        maxItemBytes: 10_000,
      });
      expect(page.items.map(({ metadata }) => metadata.name)).toEqual(names);
    }
  });
});

describe('a list without end', () => {
  it('is given up as soon as more items have come than a reflector takes, though it is one page', async () => {
    const bytes = new TextEncoder();
    const chunk = (text: string): HttpEvent => ({ type: 'chunk', bytes: bytes.encode(text) });
    const head: HttpEvent = { type: 'head', status: 200, header: () => undefined };
    const start = '{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"5"},"items":[';
    let sent = 0;
    // For ever, 100 items in a turn.
    const items$ = interval(0).pipe(
      map((turn) => {
        sent += 100;
        const names = Array.from({ length: 100 }, (_, index) => `p${turn}-${index}`);
        const items = names.map((name) => JSON.stringify({ metadata: { name, resourceVersion: '1' } }));
        return chunk(`${turn > 0 ? ',' : ''}${items.join()}`);
      }),
    );
    function http(): Observable<HttpEvent> {
      return concat(of(head, chunk(start)), items$);
    }
    const resource = { resource: 'v1/pods', path: '/api/v1/pods', apiVersion: 'v1' };
    const { error } = await firstValueFrom(
      reflector(httpListerWatcher<KubernetesObject>({ http, ...resource }), {
        streaming: false,
        maxListObjects: 1000,
      }).pipe(filter((event): event is Interrupted => event.type === 'Interrupted')),
    );
    expect(error.reason).toBe('TooLarge');
    expect(error.message).toBe('v1/pods: a list has more than 1000 objects; what came of it is dropped');
    expect(sent).toBeLessThan(2000);
  });
});
