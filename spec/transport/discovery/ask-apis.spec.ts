import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { DiscoveredApis } from 'kuberx/http';
import { older, servedBy, widgetServer } from './served.ts';

const down = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'ServiceUnavailable', code: 503 };
const names = ({ resources }: DiscoveredApis): string[] => resources.map(({ name }) => name);
const failures = (apis: DiscoveredApis) => apis.failures.map(({ where, error }) => `${where} ${error.reason}`);

describe('askApis', () => {
  it('sends two requests for all that a server serves', async () => {
    const server = widgetServer();
    const apis = await servedBy(server.http);
    expect(server.requests.map(({ path }) => path)).toEqual(['/api', '/apis']);
    expect(apis.failures).toEqual([]);
    expect(apis.resources.find(({ name }) => name === 'example.com/v1/widgets')).toMatchObject({
      kind: 'Widget',
      namespaced: true,
      shortNames: ['wd'],
      categories: ['all', 'demo'],
      preferred: true,
    });
  });

  it('is told the same by a server without aggregated discovery', async () => {
    const server = widgetServer();
    const aggregated = await servedBy(server.http);
    const before = server.requests.length;
    expect(await servedBy(older(server.http))).toEqual(aggregated);
    const paths = server.requests.slice(before).map(({ path }) => path);
    expect(paths).toContain('/api/v1');
    expect(paths).toContain('/apis/example.com/v1beta1');
  });

  it('is told of a group whose backend is down, and of all others', async () => {
    const server = widgetServer();
    const whole = await servedBy(older(server.http));
    server.intercept(({ path }) => (path === '/apis/other.example.com/v1' ? { code: 503, body: down } : undefined));
    const apis = await servedBy(older(server.http));
    expect(failures(apis)).toEqual(['other.example.com/v1 ServiceUnavailable']);
    expect(names(apis)).toEqual(names(whole).filter((name) => !name.startsWith('other.example.com/')));
    // What was told last of it is kept, in its place.
    const kept = await servedBy(older(server.http), whole);
    expect(kept.resources).toEqual(whole.resources);
    expect(failures(kept)).toEqual(['other.example.com/v1 ServiceUnavailable']);
  });

  it('keeps what was told last of a stale group', async () => {
    const server = widgetServer();
    const whole = await servedBy(server.http);
    const items = [{ metadata: { name: 'example.com' }, versions: [{ version: 'v1', freshness: 'Stale' }] }];
    server.intercept(({ path }) =>
      path === '/apis' ? { code: 200, body: { kind: 'APIGroupDiscoveryList', items } } : undefined,
    );
    const apis = await servedBy(server.http, whole);
    expect(failures(apis)).toEqual(['example.com/v1 ServiceUnavailable']);
    expect(names(apis).filter((name) => name.includes('.'))).toEqual(['example.com/v1/widgets']);
  });

  it('takes a server that has no core group, or forbids it', async () => {
    const server = widgetServer();
    const stop = server.intercept(({ path }) => (path === '/api' ? { code: 404 } : undefined));
    const without = await servedBy(server.http);
    expect(without.failures).toEqual([]);
    expect(names(without)[0]).toBe('apiregistration.k8s.io/v1/apiservices');
    stop();
    server.intercept(({ path }) => (path === '/api' ? { code: 403 } : undefined));
    expect(failures(await servedBy(server.http))).toEqual(['/api Forbidden']);
  });

  it.each([
    ['/apis', 503, 'ServiceUnavailable'],
    ['/api', 500, 'InternalError'],
  ])('errors where %s fails', async (failing, code, reason) => {
    const server = widgetServer();
    server.intercept(({ path }) => (path === failing ? { code } : undefined));
    await expect(servedBy(server.http)).rejects.toMatchObject({ name: 'KubeError', reason, code });
  });

  it('errors where the connection breaks between two documents', async () => {
    const server = widgetServer();
    server.intercept(({ path }) => (path === '/apis/batch/v1' ? 'reset' : undefined));
    await expect(servedBy(older(server.http))).rejects.toMatchObject({ name: 'KubeError', reason: 'Network' });
  });

  it('errors where neither is there, and says which one is forbidden', async () => {
    const server = widgetServer();
    server.intercept(({ path }) => ({ code: path === '/api' ? 404 : 403 }));
    await expect(servedBy(server.http)).rejects.toMatchObject({ reason: 'Forbidden', resource: 'apis' });
  });

  it.each([['hunter2'], ['<html>hunter2</html>'], ['[]'], ['{"kind":"PodList","items":["hunter2"]}'], ['']])(
    'errors with Malformed for the body %j, and quotes none of it',
    async (body) => {
      const server = widgetServer();
      server.intercept(({ path }) => (path === '/apis' ? { code: 200, body } : undefined));
      const error: unknown = await servedBy(server.http).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ reason: 'Malformed', resource: 'apis' });
      expect(inspect(error)).not.toContain('hunter2');
    },
  );

  it('is told of a group version with such a body, and of all others', async () => {
    const server = widgetServer();
    server.intercept(({ path }) => (path === '/apis/apps/v1' ? { code: 200, body: 'no JSON' } : undefined));
    const apis = await servedBy(older(server.http));
    expect(failures(apis)).toEqual(['apps/v1 Malformed']);
    expect(names(apis)).toContain('batch/v1/jobs');
  });
});
