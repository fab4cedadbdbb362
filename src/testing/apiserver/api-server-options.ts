import type { SchedulerLike } from 'rxjs';
import type { CustomResource } from './discovery/declared-resource.ts';
import type { Release } from './discovery/release.ts';
import type { Interceptor } from './requests/interception.ts';
import type { TlsIdentity } from './wire/certificate-authority.ts';

/** What an `ApiServer` is made of. Without options it behaves as a kube-apiserver of today. */
export interface ApiServerOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** False: there is no socket, and `http` is the only way in; nothing has to be stopped. Default: true. */
  readonly listen?: boolean;
  /**
   * The server takes nothing but TLS, and is reached as `https://127.0.0.1`. `true`: with a certificate for `localhost`,
   * `127.0.0.1`, `::1` and the option `hosts`, of an authority of its own, which `ca`, kubeconfigs and `restConfig` trust. Or
   * with this key and its certificate, PEM, which has to name that address. Default: false, plain HTTP.
   */
  readonly tls?: boolean | TlsIdentity;
  /**
   * HTTP/2 beside HTTP/1.1, as the client chooses; over TLS only. Default: true. `false` is a kube-apiserver's
   * `--disable-http2-serving`.
   */
  readonly http2?: boolean;
  /** The bearer token that every request has to carry, else 401. Default: none is asked for. */
  readonly token?: string;
  /**
   * Names under which the server answers beside `localhost`, `127.0.0.1` and `[::1]`, each with any port. Another `Host`
   * is refused with 403, which a kube-apiserver does not do: a page whose name is led to loopback could else read here.
   * Default: none.
   */
  readonly hosts?: readonly string[];
  /**
   * Pages that may send requests, by their origin, such as `http://localhost:5173`. Another `Origin` than that of `Host`
   * is refused with 403, `null` and a `Sec-Fetch-Site: cross-site` too, which a kube-apiserver does not do: any page
   * that the browser shows could else write here. A page behind a proxy that leaves `Host` as it is needs no entry, one
   * behind a proxy that changes it does. No CORS headers are sent. Default: none.
   */
  readonly origins?: readonly string[];
  /**
   * Custom resources that are served from the start, by name: `{ 'example.io/v1/widgets': {} }`; a CustomResourceDefinition
   * defines others. Their content is taken as it comes. What is neither built in, declared nor defined answers 404.
   */
  readonly resources?: Readonly<Record<string, CustomResource>>;
  /**
   * Namespaces are looked after: `default` and those of the system are there, what is created in one that is not there is
   * refused with 404 and in one that terminates with 403, and one that is deleted goes with all that is in it. Default: false,
   * namespaces need not exist.
   */
  readonly namespaces?: boolean;
  /**
   * Objects whose owners are gone are deleted, and deletions in the foreground and with orphans end. Default: false, as of a
   * kube-apiserver without a controller manager. Both options run on the scheduler.
   */
  readonly garbageCollection?: boolean;
  /**
   * `metadata.managedFields` are kept of all objects that are written by HTTP. Default: false, only of those that were applied:
   * what was there before belongs to `before-first-apply`.
   */
  readonly managedFields?: boolean;
  /**
   * Objects of built-in kinds get what they lack: `replicas: 1` of a Deployment, an address of a Service, `status.phase: Pending` of a
   * Pod; quantities get their canonical form, and what is got wrong most is refused with 422, as a Pod without containers.
   * Default: false, they are stored as they come.
   */
  readonly defaults?: boolean;
  /**
   * The release of Kubernetes that it behaves as, `1.33` or `1.36`: what `/version` says, and whether streaming lists are on, which
   * they are not in 1.33. The resources are those of 1.36 either way. Default: `1.36`.
   */
  readonly release?: Release;
  /** Streaming lists; `false`: they are refused with 422, as by servers before 1.32. Default: as the release has it. */
  readonly watchList?: boolean;
  /** The bookmark that ends the initial state of a streaming list; `false`: it never comes. Default: true. */
  readonly marker?: boolean;
  /** Bookmarks other than that one. Default: true. */
  readonly bookmarks?: boolean;
  /** Milliseconds between bookmarks. Default: a minute. */
  readonly bookmarkInterval?: number;
  /** How many changes of a resource are held; older versions answer 410. Default: 10,000. */
  readonly historySize?: number;
  /**
   * How many batches a stream may be behind before it is ended. Default: 1000. Source: apiserver
   * `storage/cacher/caching_object.go`'s neighbours give a watcher 10 to 1000.
   */
  readonly watchBuffer?: number;
  /** Milliseconds before each answer. Default: 0. */
  readonly latency?: number;
  readonly intercept?: Interceptor;
  /** For bookmarks, timeouts, latency and waits. Default: asyncScheduler. */
  readonly scheduler?: SchedulerLike;
  /** The wall clock of timestamps, in milliseconds. Default: that of the scheduler. */
  readonly now?: () => number;
  /** For uids, generated names and the length of streams, 0 to 1. Default: Math.random, and random uids of the system. */
  readonly random?: () => number;
}
