import { expect, it } from 'vitest';
import { proxyTunnel } from '#src/rest/connection/proxy-tunnel.ts';

it.each([
  ['http://proxy:3128', 'http://proxy:3128', true],
  ['https://proxy:3128', 'https://proxy:3128', true],
  ['socks5://jane:secret@proxy:1080', 'socks5://proxy:1080', false],
])('goes through %s, which it names without a password', (url, name, forwards) => {
  const tunnel = proxyTunnel(new URL(url), {});
  expect(tunnel.name).toBe(name);
  expect(tunnel.forward !== undefined).toBe(forwards);
});

it('verifies another CA over another connection', () => {
  const proxy = new URL('https://proxy:3128');
  expect(proxyTunnel(proxy, { ca: 'one' }).key).not.toBe(proxyTunnel(proxy, { ca: 'two' }).key);
  expect(proxyTunnel(proxy, {}).key).not.toBe(proxyTunnel(proxy, { rejectUnauthorized: false }).key);
});
