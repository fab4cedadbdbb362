import type { IncomingMessage } from 'node:http';
import { defer } from 'rxjs';
import { refusal } from '../../../serving/failure-status.ts';
import { bodyTooLarge } from '../requests/refusals.ts';
import { type BodyText, maxBodyBytes } from '../requests/request-body.ts';

/** The body of a request from the wire. */
export function bodyText(message: IncomingMessage): BodyText {
  return (resource) => defer(() => read(message, resource));
}

async function read(message: IncomingMessage, resource: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and dropped, so that the client, which is still writing, gets to see the answer.
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  if (size > maxBodyBytes) throw refusal(resource, bodyTooLarge(maxBodyBytes));
  return Buffer.concat(chunks).toString('utf8');
}
