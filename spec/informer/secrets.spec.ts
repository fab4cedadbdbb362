import { randomBytes } from 'node:crypto';
import { getHeapSnapshot, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { concat, type Observable, of, Subject } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type KubernetesObject, sharedInformer } from 'kuberx';
import type { HttpEvent, HttpRequest } from '#src/transport/request/http-client.ts';
import { httpListerWatcher } from '#src/transport/http-lister-watcher.ts';
import { eventually } from '../eventually.ts';
import { chunk, head } from '../transport/responses.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const placeholder = '0'.repeat(24);
/** Letters by chance, never a string of this program: what is found of it in the heap was kept by what is tested. */
const mark = Buffer.from(randomBytes(placeholder.length).map((byte) => 97 + (byte % 26)));

/** The bytes of a text, with the mark for each placeholder. */
function marked(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  for (let at = bytes.indexOf(placeholder); at !== -1; at = bytes.indexOf(placeholder, at)) mark.copy(bytes, at);
  return bytes;
}

/** How often the mark is in the strings of the heap, of which a snapshot has the first 1024 characters. */
async function marksInHeap(): Promise<number> {
  // What a turn has looked at is held until it ends.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  let count = 0;
  let rest = Buffer.alloc(0);
  for await (const chunk of getHeapSnapshot()) {
    const text = Buffer.concat([rest, Buffer.from(chunk as Uint8Array)]);
    for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) count += 1;
    rest = text.subarray(1 - mark.length);
  }
  return count;
}

const owner = { apiVersion: 'v1', kind: 'Vault', name: 'vault', uid: '9e107d9d-1111-4222-8333-444444444444' };
const secret = (index: number, version: number): object => ({
  metadata: {
    name: `s${index}`,
    namespace: 'default',
    uid: `uid-${index}`,
    resourceVersion: `${version}`,
    annotations: {
      version: `${version}`,
      applied: `{"kind":"Secret","data":{"token":"${placeholder}"},"more":"applied"}`,
      // Of a Secret that only metadata is asked for.
      plain: `${placeholder} plain`,
    },
    ownerReferences: [{ ...owner, controller: true }],
  },
  // Long enough to be looked for in other texts, and short enough to be held once.
  data: { token: `${placeholder}${'x'.repeat(60)}`, [placeholder]: 'name of a key', own: `${placeholder}${version}` },
  type: 'Opaque',
});
interface Secret extends KubernetesObject {
  readonly data?: object | undefined;
}
interface Case {
  readonly objects: string;
  readonly path: string;
  readonly metadataOnly?: boolean;
  readonly transform?: (secret: Secret) => Secret;
}
const typed = (object: object): object => ({ kind: 'Secret', apiVersion: 'v1', ...object });

describe('the texts of Secrets', () => {
  const withoutKind = ({ metadata, data }: Secret): Secret => ({ metadata, data }) as Secret;

  it.each<Case>([
    { objects: 'of their resource', path: '/api/v1/namespaces/default/secrets' },
    { objects: 'of their resource, by metadata', path: '/api/v1/secrets', metadataOnly: true },
    {
      objects: 'of their resource, after a transform that leaves their kind out',
      path: '/api/v1/secrets',
      transform: withoutKind,
    },
    { objects: 'that come by their kind, from elsewhere', path: '/apis/example.io/v1/everything' },
  ])('$objects are kept by nobody when they are gone', async ({ path, metadataOnly, transform }) => {
    const watch$ = new Subject<HttpEvent>();
    const isResource = path.endsWith('/secrets');
    const list = {
      kind: isResource ? 'SecretList' : 'List',
      apiVersion: 'v1',
      metadata: { resourceVersion: '1' },
      items: Array.from({ length: 20 }, (_each, index) => (isResource ? secret(index, 1) : typed(secret(index, 1)))),
    };
    function http(request: HttpRequest): Observable<HttpEvent> {
      if (request.path.includes('watch=')) return concat(of(head(200)), watch$);
      return of(head(200), chunk(marked(JSON.stringify(list))));
    }
    const listerWatcher = httpListerWatcher<Secret>({
      http,
      resource: 'objects',
      path,
      apiVersion: 'v1',
      metadataOnly,
    });
    const informer = sharedInformer(listerWatcher, { streaming: false, ...(transform && { transform }) });
    const connection = informer.connect();
    onTestFinished(() => connection.unsubscribe());
    await informer.whenSynced();
    expect(informer.snapshot$.value.size).toBe(20);
    expect(await marksInHeap()).toBeGreaterThan(0);

    const tell = (type: string, object: object): void =>
      watch$.next(chunk(marked(`${JSON.stringify({ type, object: typed(object) })}\n`)));
    for (let version = 2; version < 22; version++) tell('MODIFIED', secret(version % 3, version));
    for (let index = 0; index < 20; index++) tell('DELETED', secret(index, 100 + index));
    expect(informer.snapshot$.value.size).toBe(0);
    // A collection finds what the turns before it still held: on a busy machine that is more than one turn.
    await eventually(async () => expect(await marksInHeap()).toBe(0));
  });
});
