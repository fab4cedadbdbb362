import { contentOf } from './content-of.ts';
import type { CredentialsQuestion } from './credentials.ts';
import type { TlsMaterial } from '../connection/endpoint.ts';
import { hasCertificate, hasKey } from './pem.ts';
import type { RestConfig } from './rest-config.ts';

/** The sources of the TLS material. If both a text and a file are set, the text counts. */
export type TlsSources = Pick<
  RestConfig,
  'ca' | 'caFile' | 'cert' | 'certFile' | 'key' | 'keyFile' | 'serverName' | 'insecureSkipTlsVerify'
>;

/** The current TLS material; files are read anew. Rejects with a `CredentialsFailure` that names an invalid file. */
export async function tlsMaterial(question: CredentialsQuestion, sources: TlsSources): Promise<TlsMaterial> {
  const { ca, caFile, cert, certFile, key, keyFile, serverName, insecureSkipTlsVerify = false } = sources;
  const read = (text: string | undefined, file: string | undefined, what: string, isThere: (text: string) => boolean) =>
    text ?? (file === undefined ? undefined : contentOf(question, file, what, isThere));
  const [authorities, certificate, ownKey] = await Promise.all([
    read(ca, caFile, 'certificate in PEM', hasCertificate),
    read(cert, certFile, 'certificate in PEM', hasCertificate),
    read(key, keyFile, 'key in PEM, or an encrypted one', hasKey),
  ]);
  return {
    rejectUnauthorized: !insecureSkipTlsVerify,
    ...(authorities !== undefined && { ca: authorities }),
    ...(certificate !== undefined && { cert: certificate }),
    ...(ownKey !== undefined && { key: ownKey }),
    ...(serverName !== undefined && { servername: serverName }),
  };
}
