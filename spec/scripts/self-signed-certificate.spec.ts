import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { request } from '../../scripts/controlplane/http-request.ts';
import { selfSignedCertificate } from '../../scripts/controlplane/self-signed-certificate.ts';

describe('selfSignedCertificate', () => {
  it('is of its key, of an authority, for 127.0.0.1 and nothing else, and good today', () => {
    const { certificate, key } = selfSignedCertificate('a name');
    const read = new X509Certificate(certificate);

    expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.ca).toBe(true);
    expect([read.subject, read.issuer]).toEqual(['CN=a name', 'CN=a name']);
    expect(read.subjectAltName).toBe('IP Address:127.0.0.1');
    expect(Date.parse(read.validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(read.validTo) - Date.now()).toBeGreaterThan(300 * 24 * 3_600_000);
  });

  it('is another one each time', () => {
    const [first, second] = [selfSignedCertificate('a'), selfSignedCertificate('a')];

    expect(new X509Certificate(first.certificate).serialNumber).not.toBe(
      new X509Certificate(second.certificate).serialNumber,
    );
    expect(first.key).not.toBe(second.key);
  });

  it('lets a server and its clients in that have it, and nobody else', async () => {
    const identity = selfSignedCertificate('a');
    const { certificate: cert, key } = identity;
    const options = { cert, key, ca: cert, requestCert: true, rejectUnauthorized: true };
    const server = createServer(options, (_request, response) => response.end('in'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const other = selfSignedCertificate('a');

    expect(await request(url, { ca: cert, identity })).toEqual({ status: 200, body: 'in' });
    await expect(request(url, { ca: cert })).rejects.toThrow();
    await expect(request(url, { ca: cert, identity: other })).rejects.toThrow();
    await expect(request(url, { ca: other.certificate, identity })).rejects.toThrow();
    server.close();
    server.closeAllConnections();
  });
});
