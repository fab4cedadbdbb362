import { of } from 'rxjs';
import { printable } from '../../protocol/errors/printable.ts';
import type { HttpEvent } from './http-client.ts';
import { parseWarnings } from './parse-warnings.ts';

/** A warning of the server: of a deprecated version, an unknown field, a policy that will refuse the object. */
export interface ServerWarning {
  /** The requested resource in words. */
  readonly resource: string;
  /** In the server's words, in one printable line. */
  readonly text: string;
}

/** Options of everything that sends requests. */
export interface WarningOptions {
  /**
   * Called once for each different warning of the server. Default `console.warn`; client-go logs warnings, kubectl
   * prints them. An error that it throws is reported as RxJS reports unhandled errors, and the request goes on.
   */
  readonly onWarning?: ((warning: ServerWarning) => void) | undefined;
}

/** The number of different warnings that are remembered. Further ones are reported each time. */
const mostRemembered = 1000;

const print = ({ resource, text }: ServerWarning): void =>
  console.warn(`Warning: ${printable(`${resource}: ${text}`)}`);

/**
 * Reports the warnings in the head of a response, each once for the life of the returned function: one function for
 * each client. Reads code 299 of RFC 7234, which the server sends; caches in between send the others. Source: client-go
 * `rest/warnings.go`. Throws a TypeError for an `onWarning` that is not a function.
 */
export function serverWarnings({ onWarning = print }: WarningOptions): (resource: string, event: HttpEvent) => void {
  const given: unknown = onWarning;
  if (typeof given !== 'function') throw new TypeError(`onWarning is of type ${typeof given}; it takes a function.`);
  const told = new Set<string>();
  return (resource, event) => {
    const header = event.type === 'head' ? event.header('warning') : undefined;
    if (header === undefined) return;
    for (const { code, text } of parseWarnings(header)) {
      const warning: ServerWarning = { resource, text: printable(text) };
      if (code !== 299 || warning.text === '' || told.has(warning.text)) continue;
      if (told.size < mostRemembered) told.add(warning.text);
      // An Observable reports the error that it throws, so no request fails.
      // eslint-disable-next-line rxjs-x/no-ignored-error -- there is none
      of(warning).subscribe(onWarning);
    }
  };
}
