import { firstValueFrom, map, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { listWatch } from 'kuberx/http';
import { ApiServer, type Release } from 'kuberx/testing/apiserver';

/** What `/version` says. */
function versionOf(server: ApiServer): Promise<unknown> {
  const events$ = server.http({ resource: 'version', method: 'GET', path: '/version', headers: {} });
  const text$ = events$.pipe(
    map((event) => (event.type === 'chunk' ? new TextDecoder().decode(event.bytes) : '')),
    toArray(),
    map((parts) => parts.join('')),
  );
  return firstValueFrom(text$.pipe(map((text) => JSON.parse(text) as unknown)));
}

/** The first frame of a streaming list. */
function streamed(server: ApiServer): Promise<unknown> {
  const asked = { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' } as const;
  return firstValueFrom(listWatch(server.http, 'v1/pods').watch(asked));
}

describe('the release', () => {
  it('is the newest by default, with streaming lists', async () => {
    const server = new ApiServer({ listen: false });
    expect(await versionOf(server)).toMatchObject({ major: '1', minor: '36', minCompatibilityMinor: '35' });
    expect(await streamed(server)).toMatchObject({ type: 'OPEN' });
  });

  it('may be 1.33, without streaming lists unless they are asked for', async () => {
    const server = new ApiServer({ listen: false, release: '1.33' });
    expect(await versionOf(server)).toMatchObject({ minor: '33', gitVersion: 'v1.33.0+kuberx' });
    await expect(streamed(server)).rejects.toMatchObject({ code: 422 });
    const streaming = new ApiServer({ listen: false, release: '1.33', watchList: true });
    expect(await streamed(streaming)).toMatchObject({ type: 'OPEN' });
  });

  it('is refused where it is unknown', () => {
    expect(() => new ApiServer({ listen: false, release: '1.12' as Release })).toThrow(
      'invalid release "1.12": expected 1.33 or 1.36',
    );
  });
});
