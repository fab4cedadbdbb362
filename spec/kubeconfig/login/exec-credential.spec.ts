import { describe, expect, it } from 'vitest';
import { execCredential, ExecFault } from '#src/kubeconfig/login/exec-credential.ts';
import { certificate, key, otherKey } from '../../rest/test-certificate.ts';

const apiVersion = 'client.authentication.k8s.io/v1';
const answer = (status: object): string => JSON.stringify({ apiVersion, kind: 'ExecCredential', status });
const read = (status: object): unknown => execCredential(answer(status), apiVersion);

describe('execCredential', () => {
  it('reads a token, a certificate with its key, and their end', () => {
    const pair = { clientCertificateData: certificate, clientKeyData: key };
    expect(read({ token: 'a', ...pair, expirationTimestamp: '1970-01-01T00:00:01.5Z', more: 1 })).toEqual({
      token: 'a',
      cert: certificate,
      key,
      expires: 1500,
    });
  });

  it.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01T02:00:00+02:00', '2026-01-01T00:00:00.000Z'],
  ])('reads the time %s', (expirationTimestamp, time) => {
    expect(read({ token: 'a', expirationTimestamp })).toMatchObject({ expires: Date.parse(time) });
  });

  it.each([
    ['has no status', `{"apiVersion":"${apiVersion}","kind":"ExecCredential"}`],
    ['has an empty status', answer({})],
    ['has another kind', answer({ token: 's3cret' }).replace('ExecCredential', 'Pod')],
    ['has another apiVersion', answer({ token: 's3cret' }).replace('/v1', '/v1beta1')],
    ['has a certificate alone', answer({ token: 's3cret', clientCertificateData: certificate })],
    ['has a key alone', answer({ clientKeyData: 's3cret' })],
    ['has the key of another', answer({ clientCertificateData: certificate, clientKeyData: otherKey })],
    ['has a token of two lines', answer({ token: 's3cret\n' })],
    ['has a number for a token', answer({ token: 7 })],
    ['has a day for its end', answer({ token: 's3cret', expirationTimestamp: '2026-01-01' })],
    ['is a list', '["s3cret"]'],
    ['is neither JSON nor YAML', 's3cret: s3cret: ['],
  ])('refuses what %s, without a word of it', (_, text) => {
    let error: unknown;
    try {
      execCredential(text, apiVersion);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ExecFault);
    expect((error as Error).message).not.toContain('s3cret');
  });
});
