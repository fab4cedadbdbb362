import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { CertificateAuthority } from '#src/testing/apiserver/wire/certificate-authority.ts';

it('signs servers and users, and is another one each time', () => {
  const authority = new CertificateAuthority();
  const issuer = new X509Certificate(authority.certificate);
  const server = new X509Certificate(authority.server(['localhost', '127.0.0.1']).cert);
  const client = new X509Certificate(authority.client('alice', ['dev']).cert);
  expect([server, client].map((each) => each.verify(issuer.publicKey))).toEqual([true, true]);
  expect([server.subject, client.subject]).toEqual(['CN=localhost', 'O=dev\nCN=alice']);
  expect([server.keyUsage, client.keyUsage]).toEqual([['1.3.6.1.5.5.7.3.1'], ['1.3.6.1.5.5.7.3.2']]);
  const other = new X509Certificate(new CertificateAuthority().certificate);
  expect(server.verify(other.publicKey)).toBe(false);
});
