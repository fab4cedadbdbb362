import { of } from 'rxjs';
import { printable } from '../../protocol/errors/printable.ts';
import type { HttpEvent } from './http-client.ts';
import { parseWarnings } from './parse-warnings.ts';

/** What a server warns of: a deprecated version, a field that it does not know, a policy that will refuse the object. */
export interface ServerWarning {
  /** The resource that was asked for, in words. */
  readonly resource: string;
  /** In the server's words, in one printable line. */
  readonly text: string;
}

/** Options of whatever sends requests. */
export interface WarningOptions {
  /**
   * Is told what the server warns of, once each. Default printed by `console.warn`, as client-go logs and kubectl prints it.
   * What it throws is reported as RxJS reports what nobody handles; the request goes on.
   */
  readonly onWarning?: ((warning: ServerWarning) => void) | undefined;
}

/** A server that warns of something else each time is told of for so long; the warnings that follow are all told. */
const mostRemembered = 1000;

const print = ({ resource, text }: ServerWarning): void =>
  console.warn(`Warning: ${printable(`${resource}: ${text}`)}`);

/**
 * Tells of the warnings in the head of a response, once each for as long as it is kept: one for each client. Of the codes of
 * RFC 7234, 299 is the server's; others are a cache's in between. Source: client-go `rest/warnings.go`. Throws a TypeError
 * where there is nobody to tell.
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
      // Through an Observable, so that what it throws is reported and fails no request.
      // eslint-disable-next-line rxjs-x/no-ignored-error -- there is none
      of(warning).subscribe(onWarning);
    }
  };
}
