import { certificate as certificateOf } from '#src/testing/apiserver/wire/certificate.ts';

/** A key and a certificate of it, both PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/**
 * A fresh key and a self-signed certificate of it for `127.0.0.1`, valid for a year. A server and clients that all have
 * it and trust nothing else admit no other process.
 */
export function selfSignedCertificate(name: string): Identity {
  const { certificate, key } = certificateOf({ name, hosts: ['127.0.0.1'], isAuthority: true });
  return { certificate, key };
}
