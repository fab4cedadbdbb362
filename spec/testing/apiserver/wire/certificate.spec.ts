import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certificate } from '#src/testing/apiserver/wire/certificate.ts';

const authority = certificate({ name: 'an authority', isAuthority: true });

describe('certificate', () => {
  it('is of its key, and of its issuer', () => {
    const { certificate: text, key } = certificate({ name: 'a', issuer: authority });
    const read = new X509Certificate(text);
    expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(read.verify(authority.publicKey)).toBe(true);
    expect(read.checkIssued(new X509Certificate(authority.certificate))).toBe(true);
    expect([read.subject, read.issuer, read.ca]).toEqual(['CN=a', 'CN=an authority', false]);
    expect(new X509Certificate(authority.certificate).ca).toBe(true);
  });

  it('names organizations, and its owner in any script', () => {
    const { subject } = new X509Certificate(certificate({ name: 'żółw', organizations: ['dev', 'ops'] }).certificate);
    expect(subject).toBe('O=dev\nO=ops\nCN=żółw');
  });

  it('is for names and addresses, those of more than 127 bytes together included', () => {
    const hosts = ['localhost', '127.0.0.1', '::1', '[fe80::1:2]', '2001:db8:1:2:3:4:5:6', 'a'.repeat(60) + '.test'];
    const read = new X509Certificate(certificate({ name: 'a', hosts, usage: 'server' }).certificate);
    expect(read.checkHost('localhost')).toBe('localhost');
    expect(read.checkHost('a'.repeat(60) + '.test')).toBeDefined();
    expect(read.checkHost('other')).toBeUndefined();
    for (const address of ['127.0.0.1', '::1', 'fe80::1:2', '2001:db8:1:2:3:4:5:6']) {
      expect(read.checkIP(address)).toBe(address);
    }
    expect(read.checkIP('127.0.0.2')).toBeUndefined();
    expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  it('is good from yesterday on, for a year', () => {
    const { validFrom, validTo } = new X509Certificate(authority.certificate);
    const day = 24 * 3_600_000;
    expect(Date.now() - Date.parse(validFrom)).toBeGreaterThan(day - 60_000);
    expect(Date.parse(validTo) - Date.now()).toBeGreaterThan(364 * day);
  });
});
