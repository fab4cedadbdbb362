import { expect, it } from 'vitest';
import { rawRequest, rawSuccess } from './raw-request.ts';
import { Scene } from './scene.ts';
import type { Subject } from './server.ts';

/** What is given, and how it is printed when it is taken, or which code refuses it. */
const creations: readonly (readonly [given: object, outcome: number | object])[] = [
  [{ metadata: { name: 'Not_Valid!' } }, 422],
  [{ metadata: { name: 'a'.repeat(254) } }, 422],
  [{ metadata: { name: '-a' } }, 422],
  [{ metadata: { name: 'a..b' } }, 422],
  [{ metadata: { name: 'a.b' } }, {}],
  [{ metadata: { name: 5 } }, 400],
  [{ metadata: { generateName: 'Bad_' } }, 422],
  [{ metadata: { generateName: 5 } }, 400],
  [{ metadata: { labels: { a: null } } }, { metadata: { labels: { a: '' } } }],
  [{ metadata: { labels: {}, finalizers: [] } }, {}],
  [{ metadata: { labels: { 'bad!': '1' } } }, 422],
  [{ metadata: { labels: { a: 'bad!' } } }, 422],
  [{ metadata: { labels: { 'a/b/c': '1' } } }, 422],
  [{ metadata: { labels: { 'A_B!/c': '1' } } }, 422],
  [{ metadata: { labels: { ['x'.repeat(64)]: '1' } } }, 422],
  [{ metadata: { labels: { a: 'x'.repeat(64) } } }, 422],
  [{ metadata: { annotations: { 'bad!': 'x' } } }, 422],
  [{ metadata: { finalizers: ['bad'] } }, 422],
  [{ metadata: { ownerReferences: [{ name: 'p' }] } }, 422],
  [{ metadata: { creationTimestamp: 'x' } }, 400],
  [{ metadata: { resourceVersion: 5 } }, 400],
  [{ metadata: { resourceVersion: '5' } }, 500],
  [{ metadata: { resourceVersion: 'abc' } }, {}],
  [{ metadata: { uid: 5 } }, 400],
  [{ metadata: { unknown: 1 }, unknown: 1 }, {}],
  [{ data: { a: 1 } }, 400],
  [{ data: { a: null } }, { data: { a: '' } }],
  [{ data: {} }, {}],
  [{ data: null }, {}],
  [{ data: [] }, 400],
  [{ data: { 'bad!': 'x' } }, 422],
  [{ data: { '..': 'x' } }, 422],
  [{ data: { a: 'x' }, binaryData: { a: 'aGk=' } }, 422],
  [{ binaryData: { a: '%' } }, 400],
  [{ binaryData: { a: 5 } }, 400],
  [{ immutable: 1 }, 400],
  [{ immutable: null }, {}],
];

type Fate = 'kept' | 'gone' | 'terminating';

/** The body and the query of a deletion, the code, and what becomes of the object. */
const deletions: readonly (readonly [body: unknown, query: string, code: number, fate: Fate])[] = [
  [{ dryRun: ['All'] }, '', 200, 'kept'],
  [{ dryRun: ['All', 'All'] }, '', 200, 'kept'],
  [{ dryRun: [] }, '', 200, 'gone'],
  [{ dryRun: ['x'] }, '', 422, 'kept'],
  [{ dryRun: 'All' }, '', 400, 'kept'],
  [undefined, '?dryRun=All', 200, 'kept'],
  [undefined, '?dryRun=x', 422, 'kept'],
  // Where there is a body, nobody looks at the query.
  [{ dryRun: ['All'] }, '?dryRun=x', 200, 'kept'],
  [{}, '?dryRun=All', 200, 'gone'],
  [{ propagationPolicy: 'Orphan' }, '?propagationPolicy=Foreground', 200, 'terminating'],
  [{ propagationPolicy: 'x' }, '', 422, 'kept'],
  [undefined, '?propagationPolicy=x', 422, 'kept'],
  [{ propagationPolicy: 5 }, '', 400, 'kept'],
  [{ gracePeriodSeconds: 'x' }, '', 400, 'kept'],
  [{ orphanDependents: true }, '', 200, 'terminating'],
  [{ orphanDependents: true, propagationPolicy: 'Background' }, '', 422, 'kept'],
  [{ preconditions: { uid: 5 } }, '', 400, 'kept'],
  [{ preconditions: 'x' }, '', 400, 'kept'],
  [{ preconditions: { uid: 'other' } }, '', 409, 'kept'],
  [{ kind: 'ConfigMap', apiVersion: 'v1' }, '', 400, 'kept'],
  [{ unknown: 1 }, '', 200, 'gone'],
  [null, '', 200, 'gone'],
  [[], '', 400, 'kept'],
  ['x', '', 400, 'kept'],
];

interface Printed {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly [part: string]: unknown;
}

/** Without what differs between servers and between objects. */
function content(object: unknown): unknown {
  const { kind: _kind, apiVersion: _apiVersion, metadata, ...parts } = object as Printed;
  const { name: _name, namespace: _namespace, uid: _uid, ...rest } = metadata;
  const { resourceVersion: _version, creationTimestamp: _created, managedFields: _managed, ...given } = rest;
  return { ...parts, ...(Object.keys(given).length > 0 && { metadata: given }) };
}

/** Writes without a patch: what is refused, what is stored, and what is not stored. */
export function writeSpecs(subject: Subject): void {
  it('stores of a new object what it knows, and refuses the rest', async (test) => {
    const scene = await Scene.of(subject, test);
    const path = `/api/v1/namespaces/${scene.namespace}/configmaps`;
    for (const [index, [given, outcome]] of creations.entries()) {
      const what = JSON.stringify(given).slice(0, 200);
      const metadata = { name: `new-${index}`, ...(given as { readonly metadata?: object }).metadata };
      const named = 'generateName' in metadata ? { ...metadata, name: undefined } : metadata;
      const { status, body } = await rawRequest(scene.kubeConfig, 'POST', path, {
        body: { ...given, metadata: named },
      });
      expect(status, what).toBe(typeof outcome === 'number' ? outcome : 201);
      if (typeof outcome === 'object') expect(content(body), what).toEqual(outcome);
    }
  });

  it('deletes as the options of the body say, or those of the query', async (test) => {
    const scene = await Scene.of(subject, test);
    const path = `/api/v1/namespaces/${scene.namespace}/configmaps`;
    for (const [index, [body, query, code, fate]] of deletions.entries()) {
      const name = `old-${index}`;
      const before = await rawSuccess(scene.kubeConfig, 'POST', path, { body: { metadata: { name } } });
      const { status } = await rawRequest(scene.kubeConfig, 'DELETE', `${path}/${name}${query}`, { body });
      const after = await rawRequest(scene.kubeConfig, 'GET', `${path}/${name}`);
      const what = `${JSON.stringify(body)} ${query}`;
      expect(status, what).toBe(code);
      expect(after.status, what).toBe(fate === 'gone' ? 404 : 200);
      if (fate === 'kept') expect(after.body, what).toEqual(before);
      if (fate === 'terminating') expect(after.body, what).toHaveProperty('metadata.deletionTimestamp');
    }
  });

  it('answers a dry run under the version that is stored, a new object under none', async (test) => {
    const scene = await Scene.of(subject, test);
    const { kubeConfig } = scene;
    const path = `/api/v1/namespaces/${scene.namespace}/configmaps`;
    const created = await rawSuccess(kubeConfig, 'POST', `${path}?dryRun=All`, { body: { metadata: { name: 'a' } } });
    expect(created).toHaveProperty('metadata.uid');
    expect(created).not.toHaveProperty('metadata.resourceVersion');
    expect((await rawRequest(kubeConfig, 'GET', `${path}/a`)).status).toBe(404);

    const metadata = { name: 'a', finalizers: ['x.io/y'] };
    const stored = (await rawSuccess(kubeConfig, 'POST', path, { body: { metadata } })) as Printed;
    const { resourceVersion } = stored.metadata;
    const changed = { metadata: { resourceVersion }, data: { k: '1' } };
    const body = { metadata, data: { k: '1' } };
    const put = await rawSuccess(kubeConfig, 'PUT', `${path}/a?dryRun=All`, { body });
    expect(put).toMatchObject(changed);
    const contentType = 'application/merge-patch+json';
    const patch = { body: { data: { k: '1' } }, contentType };
    expect(await rawSuccess(kubeConfig, 'PATCH', `${path}/a?dryRun=All`, patch)).toMatchObject(changed);
    const deleted = await rawSuccess(kubeConfig, 'DELETE', `${path}/a?dryRun=All`);
    expect(deleted).toMatchObject({ metadata: { resourceVersion, deletionTimestamp: expect.any(String) as string } });
    expect(await rawSuccess(kubeConfig, 'GET', `${path}/a`)).toEqual(stored);
    await rawSuccess(kubeConfig, 'PATCH', `${path}/a`, { body: { metadata: { finalizers: null } }, contentType });
  });

  it.for(['dryRun=garbage', 'dryRun=', 'dryRun=all', 'dryRun=All&dryRun=x', 'fieldValidation=x'])(
    'refuses a write with %s, and stores nothing',
    async (query, test) => {
      const scene = await Scene.of(subject, test);
      const { kubeConfig } = scene;
      const path = `/api/v1/namespaces/${scene.namespace}/configmaps`;
      const body = { metadata: { name: 'a' }, data: { k: '1' } };
      expect((await rawRequest(kubeConfig, 'POST', `${path}?${query}`, { body })).status).toBe(422);
      expect((await rawRequest(kubeConfig, 'GET', `${path}/a`)).status).toBe(404);
      const stored = await rawSuccess(kubeConfig, 'POST', path, { body: { metadata: { name: 'a' } } });
      const contentType = 'application/merge-patch+json';
      expect((await rawRequest(kubeConfig, 'PUT', `${path}/a?${query}`, { body })).status).toBe(422);
      expect((await rawRequest(kubeConfig, 'PATCH', `${path}/a?${query}`, { body, contentType })).status).toBe(422);
      expect(await rawSuccess(kubeConfig, 'GET', `${path}/a`)).toEqual(stored);
    },
  );

  it('takes a body without a content type for JSON', async (test) => {
    const scene = await Scene.of(subject, test);
    const path = `/api/v1/namespaces/${scene.namespace}/configmaps`;
    const headers = { 'content-type': '' };
    const { status } = await rawRequest(scene.kubeConfig, 'POST', path, { body: { metadata: { name: 'a' } }, headers });
    expect(status).toBe(201);
  });

  // The exception: a kube-apiserver asks everybody for a token, which no page of another site has.
  it(`${subject.capabilities.refusesForeignPages ? 'refuses' : 'answers'} what a page of another site has sent`, async (test) => {
    const scene = await Scene.of(subject, test);
    const path = `/api/v1/namespaces/${scene.namespace}/configmaps`;
    const code = subject.capabilities.refusesForeignPages ? 403 : 200;
    for (const headers of [{ origin: 'http://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
      expect((await rawRequest(scene.kubeConfig, 'GET', path, { headers })).status, JSON.stringify(headers)).toBe(code);
    }
  });
}
