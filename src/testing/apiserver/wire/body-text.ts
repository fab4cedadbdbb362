import type { IncomingMessage } from 'node:http';
import { defer } from 'rxjs';
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
  return (resource) => defer(() => read(message, resource, timeout));
}

async function read(message: IncomingMessage, resource: string, timeout: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const deadline = setTimeout(() => message.destroy(new Error('the body did not come in time')), timeout);
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
      else if (size > maxBodyBytes + maxDroppedBytes) message.destroy();
    }
  } finally {
    clearTimeout(deadline);
  }
  if (size > maxBodyBytes) throw refusal(resource, bodyTooLarge(maxBodyBytes));
  return Buffer.concat(chunks).toString('utf8');
}
