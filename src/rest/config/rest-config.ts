/**
 * A server and a user: client-go's `rest.Config`. Plain data, or an object of a class: each field is read once, when
 * the config is given. Files are read when they are needed, so they may rotate. `token` and `key` are secrets: do not
 * print a config that has them.
 */
export interface RestConfig {
  /** An `http` or `https` URL, with a path if a proxy serves the API below one: `https://10.0.0.1:6443`. */
  readonly server: string;
  /** The bearer token of each request. */
  readonly token?: string | undefined;
  /** The file of the bearer token, read for each request. White space around the token does not count. */
  readonly tokenFile?: string | undefined;
  /** The certificates of the CAs that may sign the server's certificate, as PEM. Default the ones that Node trusts. */
  readonly ca?: string | undefined;
  /** The file of these certificates. */
  readonly caFile?: string | undefined;
  /** The client's certificate, as PEM, with the certificates between it and its CA. */
  readonly cert?: string | undefined;
  /** The file of this certificate. */
  readonly certFile?: string | undefined;
  /** The key of the client's certificate, as PEM, not encrypted. */
  readonly key?: string | undefined;
  /** The file of this key. */
  readonly keyFile?: string | undefined;
  /** The name or address that the server's certificate has to have. Default the host of `server`. */
  readonly serverName?: string | undefined;
  /**
   * Accepts any certificate of the server. Anybody on the way can then read the token. Default false, whatever Node's
   * environment says.
   */
  readonly insecureSkipTlsVerify?: boolean | undefined;
  /**
   * Sends the token to a server of plain `http` too, where anybody on the way reads it. Default false: such a config is
   * refused.
   */
  readonly allowInsecureCredentials?: boolean | undefined;
  /** The `user-agent` of each request, which audit logs record. Default `kuberx`. */
  readonly userAgent?: string | undefined;
}
