import type { IncomingMessage } from 'node:http';
import { Observable } from 'rxjs';
import { refusal } from '../../../serving/failure-status.ts';
import { bodyTooLarge } from '../requests/refusals.ts';
import { type BodyText, maxBodyBytes } from '../requests/request-body.ts';

/** How much of a body that is too large is read and dropped, in bytes, so that the client gets to see the answer. */
const maxDroppedBytes = 16 * 1024 * 1024;

/** How long a body may take, in milliseconds. Source: kube-apiserver `--request-timeout`. */
export const bodyTimeout = 60_000;

/**
 * The body of a request from the wire. A request whose body does not come within `timeout`, or goes on for ever, is broken
 * off.
 */
export function bodyText(message: IncomingMessage, timeout: number = bodyTimeout): BodyText {
  return (resource, encoding = 'utf8') =>
    new Observable<string>((subscriber) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const deadline = setTimeout(() => message.destroy(new Error('the body did not come in time')), timeout);
      const fail = (error: unknown): void => subscriber.error(error);
      message.on('error', fail).on('close', () => {
        if (!subscriber.closed) fail(new Error('the connection closed before the body had come'));
      });
      message.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= maxBodyBytes) chunks.push(chunk);
        else if (size > maxBodyBytes + maxDroppedBytes) message.destroy();
      });
      message.on('end', () => {
        if (size > maxBodyBytes) fail(refusal(resource, bodyTooLarge(maxBodyBytes)));
        else subscriber.next(joined(chunks, encoding));
        subscriber.complete();
      });
      if (message.destroyed) fail(new Error('the connection is closed already'));
      return () => clearTimeout(deadline);
    });
}

function joined(chunks: readonly Buffer[], encoding: 'utf8' | 'latin1'): string {
  const [first] = chunks;
  return (chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks)).toString(encoding);
}
