import type { HttpRequest } from '../../transport/request/http-client.ts';

/** The headers of a sent request. A list stands for several headers of one name. */
export type SentHeaders = Readonly<Record<string, string | string[]>>;

/** A request as it is sent, with its credentials. */
export interface SentRequest extends Omit<HttpRequest, 'headers'> {
  readonly headers: SentHeaders;
}
