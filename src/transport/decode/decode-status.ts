import { type KubeError, kubeErrorFromStatus } from '../../protocol/errors/kube-error.ts';
import { printable } from '../../protocol/errors/printable.ts';
import type { Status } from '../../protocol/errors/status.ts';
import { toldStatus } from '../../protocol/errors/told-status.ts';
import type { HttpHead } from '../request/http-client.ts';
import { isJsonRecord } from './json-record.ts';
import { retryAfter } from '../request/retry-after.ts';

const longestText = 300;

/**
 * The error of a failed request. The body may be a Status, with or without its kind (a list that timed out has no
 * kind), plain text (overload, unknown paths), a page of a proxy, or empty. Text is put on one line of at most 300
 * characters. `now` is the clock in milliseconds, for a `Retry-After` that is a date.
 */
export function decodeFailure(resource: string, head: HttpHead, body: string, now?: () => number): KubeError {
  const asked = retryAfter(head, now);
  if (head.status >= 300 && head.status < 400) {
    const message = `the server redirects (${head.status}), and redirects are not followed`;
    return kubeErrorFromStatus(resource, { status: 'Failure', message }, head.status, asked);
  }
  const status = statusOfText(body);
  const isFailure = status.code !== undefined && status.code >= 400;
  return kubeErrorFromStatus(resource, isFailure ? status : { ...status, code: head.status }, head.status, asked);
}

/**
 * The Status in an ERROR frame or a body. Members of a wrong type are left out. A value that is not a Status becomes a
 * Status that says so, because a failing stream must not fail silently.
 */
export function statusOf(value: unknown): Status {
  if (!isJsonRecord(value)) return { status: 'Failure', message: 'the server sent an error that is not a Status' };
  return toldStatus(value);
}

function statusOfText(body: string): Status {
  try {
    const value: unknown = JSON.parse(body);
    if (isJsonRecord(value) && (value['kind'] === 'Status' || typeof value['message'] === 'string'))
      return statusOf(value);
  } catch {
    // Invalid JSON: the text itself is the message.
  }
  return { status: 'Failure', message: printable(body, longestText) };
}
