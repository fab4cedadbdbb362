import { filter, lastValueFrom, map, type Observable, toArray } from 'rxjs';
import { expect, it } from 'vitest';
import { ApiServer } from 'kuberx/testing/apiserver';
import { configMap } from '../a-server.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

interface Table {
  readonly kind: string;
  readonly metadata: object;
  readonly columnDefinitions: readonly { readonly name: string }[] | null;
  readonly rows: readonly { readonly cells: readonly unknown[]; readonly object: { readonly kind: string } | null }[];
}

function chunks(server: ApiServer, path: string): Observable<string> {
  return server.http({ resource: 'x', method: 'GET', path, headers: { accept } }).pipe(
    filter((event) => event.type === 'chunk'),
    map(({ bytes }) => Buffer.from(bytes).toString()),
  );
}

async function table(server: ApiServer, path: string): Promise<Table> {
  return JSON.parse((await lastValueFrom(chunks(server, path).pipe(toArray()))).join('')) as Table;
}

function aServer(): ApiServer {
  const server = new ApiServer({ listen: false, now: () => 61_000 });
  for (const name of ['a', 'b', 'c']) server.create('v1/configmaps', configMap(name, { k: '1' }));
  return server;
}

it('shows a list and an object as tables', async () => {
  const server = aServer();
  const list = await table(server, `${maps}?limit=2`);
  expect(list).toMatchObject({ kind: 'Table', metadata: { resourceVersion: '103', remainingItemCount: 1 } });
  expect(list.columnDefinitions?.map(({ name }) => name)).toEqual(['Name', 'Data', 'Age']);
  expect(list.rows.map(({ cells }) => cells)).toEqual([
    ['a', '1', '0s'],
    ['b', '1', '0s'],
  ]);
  const one = await table(server, `${maps}/b`);
  expect(one).toMatchObject({ metadata: { resourceVersion: '102' }, rows: [{ cells: ['b', '1', '0s'] }] });
  expect((await table(server, `${maps}?fieldSelector=metadata.name%3Dz`)).rows).toEqual([]);
});

it.each([
  ['', 'PartialObjectMetadata'],
  ['Metadata', 'PartialObjectMetadata'],
  ['Object', 'ConfigMap'],
  ['None', undefined],
])('has as much of each object as is asked for: %j', async (included, kind) => {
  const { rows } = await table(aServer(), `${maps}/a?includeObject=${included}`);
  expect(rows[0]!.object?.kind).toBe(kind);
});

it('refuses to include what it does not know', async () => {
  expect(await table(aServer(), `${maps}?includeObject=All`)).toMatchObject({ kind: 'Status', code: 400 });
});

it('tells of changes by tables, the first of them with the names of the columns', () => {
  const server = aServer();
  const events: { readonly type: string; readonly object: Table }[] = [];
  const query = 'watch=1&resourceVersion=102&allowWatchBookmarks=true&includeObject=None';
  chunks(server, `${maps}?${query}`).subscribe((text) => {
    for (const line of text.trim().split('\n')) events.push(JSON.parse(line) as (typeof events)[number]);
  });
  server.delete('v1/configmaps', 'default/a');
  server.bookmark();
  expect(events.map(({ type }) => type)).toEqual(['ADDED', 'DELETED', 'BOOKMARK']);
  expect(events.map(({ object }) => object.columnDefinitions?.length)).toEqual([3, undefined, undefined]);
  expect(events.map(({ object }) => object.rows[0]!.cells[0])).toEqual(['c', 'a', null]);
  expect(events.at(-1)!.object.metadata).toEqual({ resourceVersion: '104' });
});

it('leaves the error that ends a watch as it is', () => {
  const server = aServer();
  server.compact();
  const lines: string[] = [];
  chunks(server, `${maps}?watch=1&resourceVersion=101`).subscribe((text) => lines.push(text));
  expect(JSON.parse(lines.join(''))).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410 } });
});
