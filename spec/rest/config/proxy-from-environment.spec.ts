import { describe, expect, it } from 'vitest';
import { proxyFromEnvironment, ProxyVariableFault } from '#src/rest/config/proxy-from-environment.ts';

const found = (server: string, env: Readonly<Record<string, string>>): string | undefined =>
  proxyFromEnvironment(new URL(server), env)?.href;

const proxied = (server: string, NO_PROXY: string): boolean =>
  found(server, { HTTPS_PROXY: 'http://proxy:3128', HTTP_PROXY: 'http://proxy:3128', NO_PROXY }) !== undefined;

describe('proxyFromEnvironment', () => {
  it.each([
    ['https://a.example', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1/'],
    ['https://a.example', { https_proxy: 'socks5://p:1' }, 'socks5://p:1'],
    ['https://a.example', { HTTPS_PROXY: '', https_proxy: 'http://p:1' }, 'http://p:1/'],
    ['https://a.example', { HTTPS_PROXY: 'p:1' }, 'http://p:1/'],
    ['https://a.example', { HTTPS_PROXY: '10.0.0.1:3128' }, 'http://10.0.0.1:3128/'],
    ['https://a.example', { HTTP_PROXY: 'http://p:1', ALL_PROXY: 'http://p:1' }, undefined],
    ['http://a.example', { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://q:1' }, 'http://p:1/'],
    ['https://a.example', {}, undefined],
  ])('finds for %s in %o the proxy %s', (server, env, proxy) => {
    expect(found(server, env)).toBe(proxy);
  });

  it.each(['https://localhost', 'https://127.0.0.1:6443', 'https://127.8.8.8', 'https://[::1]:6443'])(
    'never goes to %s by a proxy',
    (server) => expect(proxied(server, '')).toBe(false),
  );

  // What Go's httpproxy does with these, by its source and its table of tests.
  it.each([
    ['https://example.com', 'example.com', false],
    ['https://a.example.com', 'example.com', false],
    ['https://notexample.com', 'example.com', true],
    ['https://example.com', '.example.com', true],
    ['https://a.example.com', '.example.com', false],
    ['https://a.example.com', '*.example.com', false],
    ['https://example.com', '*.example.com', true],
    ['https://EXAMPLE.com', ' Example.COM ', false],
    ['https://example.com', 'other.com, example.com', false],
    ['https://example.com', 'other.com,,', true],
    ['https://example.com', '*', false],
    ['https://example.com:6443', 'example.com:6443', false],
    ['https://example.com:6443', 'example.com:443', true],
    ['https://example.com', 'example.com:443', false],
    ['http://example.com', 'example.com:80', false],
    ['https://10.1.2.3', '10.0.0.0/8', false],
    ['https://11.1.2.3', '10.0.0.0/8', true],
    ['https://10.1.2.3:6443', '10.1.2.3', false],
    ['https://10.1.2.3:6443', '10.1.2.3:6443', false],
    ['https://10.1.2.3:6443', '10.1.2.3:443', true],
    ['https://10.1.2.3', '2.3', true],
    ['https://10.1.2.3', '.3', true],
    ['https://[2001:db8::1]', '2001:db8::/32', false],
    ['https://[2001:db9::1]', '2001:db8::/32', true],
    ['https://[2001:db8::1]:6443', '2001:DB8:0::1', false],
    ['https://[2001:db8::1]:6443', '[2001:db8::1]:6443', false],
    ['https://[2001:db8::1]:6443', '[2001:db8::1]:443', true],
    ['https://example.com', 'example.com/24', true],
    ['https://10.1.2.3', '10.0.0.0/33', true],
    ['https://10.1.2.3', '10.0.0.0/', true],
  ])('goes to %s, with NO_PROXY=%s, by a proxy: %s', (server, list, isProxied) => {
    expect(proxied(server, list)).toBe(isProxied);
  });

  it.each(['ftp://p', 'http://', 'http://a b', 'socks4://p', 'http://u:50%off@p', 'socks5://u%:x@p'])(
    'refuses an invalid proxy: %s',
    (HTTPS_PROXY) => {
      expect(() => found('https://a.example', { HTTPS_PROXY })).toThrow(ProxyVariableFault);
      expect(found('https://a.example', { HTTPS_PROXY, NO_PROXY: '*' })).toBeUndefined();
    },
  );
});
