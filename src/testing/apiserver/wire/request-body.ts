import type { IncomingMessage } from 'node:http';
import { badRequest, refusal } from '../../../serving/failure-status.ts';
import { isTooDeep } from '../objects/json-depth.ts';
import { bodyTooLarge, tooDeep, unsupportedMediaType } from '../requests/refusals.ts';

/** The longest body of a request, in bytes. Source: apiserver `server/config.go`, MaxRequestBodyBytes. */
const maxBodyBytes = 3 * 1024 * 1024;

const isJson = /^application\/([a-z-]+\+)?json$/;

/** The type of the body, without parameters: `application/json` where the request names none. */
export function contentType({ headers }: Pick<IncomingMessage, 'headers'>): string {
  return (headers['content-type'] || 'application/json').split(';')[0]?.trim() ?? '';
}

async function readText(message: IncomingMessage, resource: string): Promise<string> {
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

/**
 * Reads the body of a request as JSON; `undefined` where it is empty. Never a form of an object other than JSON.
 *
 * @throws KubeError 400 for what is not JSON, or nested too deep, 413 for more than 3 MiB, 415 for another type.
 */
export async function readJsonBody(message: IncomingMessage, resource: string): Promise<unknown> {
  const text = await readText(message, resource);
  if (text === '') return undefined;
  if (!isJson.test(contentType(message))) {
    throw refusal(resource, unsupportedMediaType(['application/json']));
  }
  const body = parsed(text, resource);
  if (isTooDeep(body)) throw refusal(resource, tooDeep());
  return body;
}

function parsed(text: string, resource: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the body.
    throw refusal(resource, badRequest('the object provided is unrecognized: the body is no JSON'));
  }
}
