import type { HttpRequest } from '../../transport/request/http-client.ts';

/** The headers of a request as it goes out: a list stands for several headers of one name. */
export type SentHeaders = Readonly<Record<string, string | string[]>>;

/** A request as it goes out, with what its credentials add. */
export interface SentRequest extends Omit<HttpRequest, 'headers'> {
  readonly headers: SentHeaders;
}
