/**
 * How to reach a server, and as whom: client-go's `rest.Config`. Plain data, or of a class: each field is read once, when the
 * config is given. What is in a file is read when it is needed, so that it may rotate. Mind that `token` and `key` are
 * secrets: a config that has them is nothing to print.
 */
export interface RestConfig {
  /** An `http` or `https` URL, with a path where a proxy serves the API below one: `https://10.0.0.1:6443`. */
  readonly server: string;
  /** The bearer token of each request. */
  readonly token?: string | undefined;
  /** A file with it, read for each request. White space around it does not count. */
  readonly tokenFile?: string | undefined;
  /** The certificates that the server's is to be signed by, as PEM. Default what Node trusts. */
  readonly ca?: string | undefined;
  /** A file with them. */
  readonly caFile?: string | undefined;
  /** A certificate of the client, as PEM, with those between it and its CA. */
  readonly cert?: string | undefined;
  /** A file with it. */
  readonly certFile?: string | undefined;
  /** The key of the client's certificate, as PEM, not encrypted. */
  readonly key?: string | undefined;
  /** A file with it. */
  readonly keyFile?: string | undefined;
  /** The name or address that the server's certificate is asked for. Default the host of `server`. */
  readonly serverName?: string | undefined;
  /**
   * Takes any certificate for the server's, so that anybody in between reads the token. Default false, whatever Node's
   * environment says of it.
   */
  readonly insecureSkipTlsVerify?: boolean | undefined;
  /** The `user-agent` of each request, which audit logs tell. Default `kuberx`. */
  readonly userAgent?: string | undefined;
}
