import { asyncScheduler, type Observable, Subject } from 'rxjs';
import type { ApiServerOptions } from './api-server-options.ts';
import { checkedRelease, hasStreamingLists, newestRelease } from './discovery/release.ts';
import type { AnsweredRequest } from './requests/answered-request.ts';
import { ServerStorage } from './objects/server-storage.ts';
import { collectionsOf } from './collections-of.ts';
import { answer } from './requests/answer.ts';
import { checkGuests } from './requests/foreign-request.ts';
import type { Failure } from './requests/failure.ts';
import type { Interceptor } from './requests/interception.ts';
import type { ReadOptions } from './requests/read-verbs.ts';
import type { RecordedRequest } from './requests/recorded-request.ts';
import { memoryHttpClient, type MemoryHttpClient } from './memory/memory-http-client.ts';
import { RequestService, type RequestServiceOptions, type StreamEnd } from './requests/request-service.ts';
import type { TlsIdentity } from './wire/certificate-authority.ts';
import { NetworkFace, type ServerAddress } from './wire/network-face.ts';
import { RequestHandler } from './wire/request-handler.ts';

/**
 * A Kubernetes API server in this process, on real HTTP/1.1, over TLS on HTTP/2 as well, with watches over WebSockets too:
 * discovery, reads and writes, lists by pages and of old versions, watches with bookmarks and streaming lists, with the
 * answers of a kube-apiserver, and faults on demand.
 *
 * Not served: answers in protobuf, and the checks, defaults and deletions that other parts of a cluster add: of built-in
 * objects the types of what is sent are looked at, of custom ones their schema and its rules. Namespaces need not exist. Requests that a page of another site may have sent are refused; see
 * {@link ApiServerOptions.hosts} and {@link ApiServerOptions.origins}.
 */
export class ApiServer extends ServerStorage {
  readonly #service: RequestService;
  readonly #face: NetworkFace;
  readonly #listens: boolean;
  /** Whether it answers, of a server that does not listen. */
  #isUp = true;
  readonly #stopped$ = new Subject<StreamEnd>();
  readonly #bookmarkNow$ = new Subject<void>();
  /**
   * The same server without a socket, as an `HttpClient` that is given to `listWatch` and others as `http`. All that takes
   * time runs on the option `scheduler`: with a virtual one, an informer and its server run in a marble test.
   *
   * @example
   * const server = new ApiServer({ scheduler, random: () => 0, listen: false });
   * const pods = sharedInformer(listWatch({ server: 'http://memory' }, 'v1/pods', { http: server.http }), { scheduler });
   */
  readonly http: MemoryHttpClient;

  constructor(options: ApiServerOptions = {}) {
    const { token, intercept, scheduler, random = Math.random } = options;
    const { listen = true, now = () => (scheduler ?? asyncScheduler).now() } = options;
    const release = checkedRelease(options.release ?? newestRelease);
    const collections = collectionsOf({ ...options, release, now });
    super(collections);
    const guests = {
      ...(options.hosts && { hosts: options.hosts }),
      ...(options.origins && { origins: options.origins }),
    };
    checkGuests(guests);
    const { port = 0, latency = 0, watchBuffer = 1000, marker, bookmarks, bookmarkInterval } = options;
    const { watchList = hasStreamingLists(release) } = options;
    const reads: ReadOptions = {
      random,
      now,
      bookmarkNow$: this.#bookmarkNow$,
      watchList,
      ...(marker !== undefined && { marker }),
      ...(bookmarks !== undefined && { bookmarks }),
      ...(bookmarkInterval !== undefined && { bookmarkInterval }),
      ...(scheduler && { scheduler }),
    };
    const serving: RequestServiceOptions = {
      answer: (request, body) => answer(request, body, collections, reads),
      token,
      guests,
      latency,
      scheduler,
    };
    this.#service = new RequestService(serving);
    if (intercept !== undefined) this.#service.interceptors.add(intercept);
    this.#listens = listen;
    const { tls, http2, hosts } = options;
    this.#face = new NetworkFace(new RequestHandler(this.#service, watchBuffer), { listen, port, tls, http2, hosts });
    this.http = memoryHttpClient({
      service: this.#service,
      isUp: () => (listen ? this.#face.listening : this.#isUp),
      ended$: this.#stopped$,
    });
  }

  /**
   * `http://127.0.0.1:<port>`, with TLS `https://127.0.0.1:<port>`; the port stays the same when the server is stopped and started.
   *
   * @throws TypeError of a server that does not listen.
   */
  get url(): string {
    return this.#face.url;
  }

  /** What a client has to trust, PEM; `undefined` without TLS. */
  get ca(): string | undefined {
    return this.#face.ca;
  }

  /**
   * What `kuberx/rest` is given to reach the server: its address, `ca`, and the token that it asks for. The token of a plain
   * `http` server goes unencrypted, which stays on this machine.
   *
   * @example
   * const pods = sharedInformer(listWatch(server.restConfig, 'v1/pods'));
   *
   * @throws TypeError of a server that does not listen.
   */
  get restConfig(): ServerAddress {
    return this.#face.restConfig(this.#service.token);
  }

  /**
   * The key and certificate of a user whom the server lets in by them, without a token: a part of a `RestConfig`. The user
   * shows in `requests`, and an interceptor may decide by it; the server itself allows everyone everything.
   *
   * @throws TypeError unless the option `tls` is true.
   */
  clientCertificate(user: string, groups: readonly string[] = []): TlsIdentity {
    return this.#face.clientCertificate(user, groups);
  }

  /** The last 10,000 requests, oldest first. */
  get requests(): readonly RecordedRequest[] {
    return this.#service.requests;
  }

  /** Each request when it is answered, those of watches when they begin. Never completes. */
  get answers$(): Observable<AnsweredRequest> {
    return this.#service.answers$;
  }

  /** How many watches are open and told of changes. */
  get openStreams(): number {
    return this.#service.openStreams;
  }

  /** How many TCP connections are open, used or not. */
  get connections(): number {
    return this.#face.connections;
  }

  /** Listens, with the state there is; of a server that does, nothing. Rejects where the port is taken. */
  async start(): Promise<void> {
    this.#isUp = true;
    await this.#face.start();
  }

  /**
   * Stops listening and ends streams and connections: `clean`, or `reset`, as a process that is killed. Takes a second at
   * most, whatever clients do. Removes the kubeconfig until the next start; the state stays.
   */
  async stop({ how = 'clean' }: { readonly how?: 'clean' | 'reset' } = {}): Promise<void> {
    this.#isUp = false;
    this.#stopped$.next(how);
    const stopped = this.#face.stop(how === 'reset');
    if (how !== 'reset') this.#service.endStreams('clean');
    await stopped;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /**
   * Writes a kubeconfig with the token, if there is one, readable by its owner only, and returns its path. It is removed
   * when the server stops. Default path: `kubeconfig` in a new directory among the temporary files.
   */
  writeKubeconfig(path?: string): string {
    return this.#face.writeKubeconfig(this.#service.token, path);
  }

  /** Asks for this token from now on, and refuses every other with 401. Streams go on; kubeconfigs keep the token they have. */
  rotateToken(token: string): void {
    this.#service.token = token;
  }

  /** Sends a bookmark to every stream that asked for bookmarks, unless they are off. */
  bookmark(): void {
    this.#bookmarkNow$.next();
  }

  /** Ends the streams of a resource, or all of them; returns how many. Default: clean. */
  endStreams({ how = 'clean', resource }: { readonly how?: StreamEnd; readonly resource?: string } = {}): number {
    return this.#service.endStreams(how, resource);
  }

  /** Lets the next requests fail that it is meant for. Several failures happen in the order they were asked for. */
  failNext(failure: Failure): void {
    this.#service.failures.add(failure);
  }

  /** Takes back the failures that have not happened. */
  clearFailures(): void {
    this.#service.failures.clear();
  }

  /** Looks at every request, before failures, and may answer it. Call the result to stop. */
  intercept(interceptor: Interceptor): () => void {
    this.#service.interceptors.add(interceptor);
    return () => this.#service.interceptors.delete(interceptor);
  }
}

/**
 * Starts an {@link ApiServer} on a free loopback port, unless the options name one.
 *
 * ```ts
 * await using server = await apiServer();
 * server.create('v1/configmaps', { metadata: { name: 'a', namespace: 'default' } });
 * ```
 *
 * With `tls: true` it has a certificate of its own, and speaks HTTP/2; `restConfig` and kubeconfigs know what to trust.
 *
 * ```ts
 * await using server = await apiServer({ tls: true, token: 'secret' });
 * server.writeKubeconfig('kubeconfig'); // for kubectl
 * ```
 */
export async function apiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const server = new ApiServer(options);
  await server.start();
  return server;
}
