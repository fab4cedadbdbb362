import { describe, expect, it } from 'vitest';
import { unprinted } from '#src/transport/request/unprinted.ts';

const browser = 'Mozilla/5.0 (X11; Linux x86_64)';

describe('unprinted', () => {
  it.each([
    ['/api/v1/pods', '/api/v1/pods?pretty=false'],
    ['/apis/apps/v1/deployments?limit=500', '/apis/apps/v1/deployments?limit=500&pretty=false'],
  ])('asks a server that would print %s for people not to', (path, asked) => {
    expect(unprinted(path, browser)).toBe(asked);
    expect(unprinted(path, 'curl/8.5.0')).toBe(asked);
  });

  it.each([
    '/api/v1/pods?watch=true&resourceVersion=1',
    '/api/v1/pods?watch=1',
    '/version',
    '/api/v1/pods?pretty=true',
  ])('leaves %s as it is', (path) => expect(unprinted(path, browser)).toBe(path));

  it.each([undefined, 'Node.js/24', 'Deno/2.6.0', 'Bun/1.3'])('leaves all paths as they are for %s', (userAgent) => {
    expect(unprinted('/api/v1/pods', userAgent)).toBe('/api/v1/pods');
  });
});
