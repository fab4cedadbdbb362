import { certificate, type IssuedCertificate } from './certificate.ts';

/** With what one side of a connection encrypts and says who it is, PEM. */
export interface TlsIdentity {
  readonly key: string;
  /** Its certificate, and those that it is signed with. */
  readonly cert: string;
}

/** An authority of certificates that nobody else knows, made anew for each server. */
export class CertificateAuthority {
  readonly #authority: IssuedCertificate = certificate({ name: 'kuberx test authority', isAuthority: true });

  /** Its certificate, PEM. */
  get certificate(): string {
    return this.#authority.certificate;
  }

  /** The identity of a server that is reached under these names and addresses. */
  server(hosts: readonly string[]): TlsIdentity {
    return this.#issue({ name: hosts[0] ?? '', hosts, usage: 'server' });
  }

  /** The identity of a user, as a kube-apiserver reads it: the groups are organizations. */
  client(user: string, groups: readonly string[]): TlsIdentity {
    return this.#issue({ name: user, organizations: groups, usage: 'client' });
  }

  #issue(options: Parameters<typeof certificate>[0]): TlsIdentity {
    const { key, certificate: cert } = certificate({ ...options, issuer: this.#authority });
    return { key, cert };
  }
}
