import { CertificateAuthority, type TlsIdentity } from './certificate-authority.ts';
import { KubeconfigFile, kubeconfigText } from './kubeconfig-file.ts';
import { LoopbackListener, type WireHandlers } from './loopback-listener.ts';

/** Where a server is, and what it takes to ask it: a `RestConfig`. */
export interface ServerAddress {
  readonly server: string;
  readonly ca?: string;
  readonly token?: string;
  readonly allowInsecureCredentials?: boolean;
}

/** What a {@link NetworkFace} is made of. */
export interface NetworkFaceOptions {
  /** False: nothing listens. */
  readonly listen: boolean;
  /** 0 for a free one. */
  readonly port: number;
  /** True: by an authority of its own. */
  readonly tls?: boolean | TlsIdentity | undefined;
  readonly http2?: boolean | undefined;
  /** Names under which the server is reached beside those of loopback. */
  readonly hosts?: readonly string[] | undefined;
}

/** What the server is called on its own machine. */
const loopbackNames = ['localhost', '127.0.0.1', '::1'];

/** A server as the network sees it: where it listens, what it proves itself by, and what clients are told of it. */
export class NetworkFace {
  /** What a client has to trust, PEM; `undefined` without TLS. */
  readonly ca: string | undefined;
  readonly #listener: LoopbackListener;
  readonly #listens: boolean;
  readonly #authority: CertificateAuthority | undefined;
  #kubeconfig: KubeconfigFile | undefined;

  constructor(handlers: WireHandlers, { listen, port, tls, http2, hosts = [] }: NetworkFaceOptions) {
    const authority = tls === true ? new CertificateAuthority() : undefined;
    const identity = typeof tls === 'object' ? tls : authority?.server([...loopbackNames, ...hosts]);
    this.#authority = authority;
    this.ca = authority?.certificate ?? identity?.cert;
    this.#listens = listen;
    this.#listener = new LoopbackListener(handlers, {
      port,
      tls: identity,
      http2,
      clientCa: authority?.certificate,
    });
  }

  /** @throws TypeError of a server that does not listen. */
  get url(): string {
    if (!this.#listens) throw new TypeError('this server has no address, because of listen: false; `http` reaches it');
    return `${this.ca === undefined ? 'http' : 'https'}://127.0.0.1:${this.#listener.port}`;
  }

  get listening(): boolean {
    return this.#listener.listening;
  }

  get connections(): number {
    return this.#listener.connections;
  }

  /** Of a server that asks for this token. Throws as {@link url} does. */
  restConfig(token: string | undefined): ServerAddress {
    const { url, ca } = this;
    return {
      server: url,
      ...(ca !== undefined && { ca }),
      ...(token !== undefined && { token, ...(ca === undefined && { allowInsecureCredentials: true }) }),
    };
  }

  /** @throws TypeError of a server without an authority of its own. */
  clientCertificate(user: string, groups: readonly string[]): TlsIdentity {
    if (this.#authority !== undefined) return this.#authority.client(user, groups);
    throw new TypeError('this server knows no certificates of clients: the option "tls" has to be true');
  }

  /** Writes a kubeconfig in place of the one before, and returns its path. */
  writeKubeconfig(token: string | undefined, path: string | undefined): string {
    this.#kubeconfig?.remove();
    this.#kubeconfig = new KubeconfigFile(kubeconfigText(this.url, token, this.ca), path);
    return this.#kubeconfig.path;
  }

  /** Listens, and writes the kubeconfig anew. Rejects where the port is taken. */
  async start(): Promise<void> {
    if (!this.#listens || this.listening) return;
    await this.#listener.start();
    this.#kubeconfig?.restore();
  }

  /**
   * Takes no more connections, and removes the kubeconfig. Resolves when the last connection is gone. The caller ends what is
   * being sent; `isReset` breaks it all off.
   */
  async stop(isReset: boolean): Promise<void> {
    this.#kubeconfig?.remove();
    const stopped = this.#listener.stop();
    if (isReset) this.#listener.reset();
    await stopped;
  }
}
