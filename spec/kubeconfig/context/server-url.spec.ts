import { describe, expect, it } from 'vitest';
import { serverUrl } from '#src/kubeconfig/context/server-url.ts';

const read = (server: string | undefined): string =>
  serverUrl({
    name: 'c',
    context: {},
    clusterName: 'k',
    cluster: server === undefined ? {} : { server },
    userName: '',
    user: undefined,
    userFile: undefined,
  }).href;

describe('serverUrl', () => {
  it.each([
    ['https://10.0.0.1:6443', 'https://10.0.0.1:6443/'],
    ['HTTPS://Example.com/a/', 'https://example.com/a/'],
    ['https://[2001:db8::1]:6443', 'https://[2001:db8::1]:6443/'],
    ['https://example.com/a?b#c', 'https://example.com/a'],
    ['example.com:8080', 'http://example.com:8080/'],
    ['example.com', 'http://example.com/'],
    ['[::1]:8080', 'http://[::1]:8080/'],
  ])('reads %s as %s', (server, url) => {
    expect(read(server)).toBe(url);
  });

  it.each([
    undefined,
    'ftp://example.com',
    'unix:///run/socket',
    'https://',
    ' https://example.com',
    'https://example.com\t',
    'https:\\\\example.com',
    'https://exa mple.com',
    'https://user@example.com',
    'https://user:s3cret@example.com',
    'example.com/a',
    'https://example.com:port',
  ])('refuses %s', (server) => {
    let error: unknown;
    try {
      read(server);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: 'KubeConfigError', reason: 'Server' });
    expect(String(error)).not.toContain('s3cret');
  });
});
