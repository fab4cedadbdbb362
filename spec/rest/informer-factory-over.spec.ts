import { describe, expect, it } from 'vitest';
import { NEVER } from 'rxjs';
import type { HttpClient } from 'kuberx/http';
import { fakeListerWatcher } from 'kuberx/testing';
import { informerFactoryOver } from '#src/rest/informer-factory-over.ts';
import type { ListWatchOptions } from '#src/rest/list-watch-options.ts';

function client(): ReturnType<HttpClient> {
  return NEVER;
}

describe('informerFactoryOver', () => {
  it('makes one client, with the deadlines, and gives each informer that client, the limits and its selection', () => {
    const deadlines: unknown[] = [];
    const asked: [string, ListWatchOptions][] = [];
    const factory = informerFactoryOver(
      { connection: { connectTimeout: 5 }, maxItemBytes: 7 },
      (given) => {
        deadlines.push(given);
        return client;
      },
      (resource, options) => {
        asked.push([resource, options]);
        return fakeListerWatcher(() => ({ watch: NEVER }));
      },
    );
    factory.informer('v1/pods', { namespace: 'default' });
    factory.informer('v1/nodes');
    expect(deadlines).toEqual([{ connectTimeout: 5 }]);
    expect(asked).toMatchObject([
      ['v1/pods', { namespace: 'default', http: client, maxItemBytes: 7 }],
      ['v1/nodes', { http: client, maxItemBytes: 7 }],
    ]);
  });

  it('refuses deadlines for a client that is given', () => {
    const make = () =>
      informerFactoryOver(
        { http: client, connection: {} },
        () => client,
        () => fakeListerWatcher(() => ({ watch: NEVER })),
      );
    expect(make).toThrow(TypeError);
  });
});
