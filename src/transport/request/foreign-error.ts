import { KubeError, kubeErrorFromStatus } from '../../protocol/errors/kube-error.ts';
import { type ConnectionFailure, connectionFailure } from './connection-failure.ts';
import { statusOf } from '../decode/decode-status.ts';
import { isJsonRecord } from '../decode/json-record.ts';
import { memberOf } from '../member-of.ts';

/**
 * The `KubeError` for another client's error. An HTTP status keeps its meaning, with the Status in its body. A failed
 * connection is `ConnectionRefused`, `ConnectTimeout` or `Network`, by its cause. Invalid JSON is `Malformed`. Any
 * other error is `Unknown`. The message of the other error stays in the cause alone, because clients put headers and
 * bodies into it.
 */
export function foreignError(resource: string, error: unknown): KubeError {
  const code = httpCode(error);
  if (code !== undefined) return kubeErrorFromStatus(resource, { ...statusOf(bodyOf(error)), code }, code);
  const failure = connectionFailure(error);
  if (failure !== undefined) {
    const message = `${whatHappened[failure.reason]} (${failure.word})`;
    return new KubeError({ reason: failure.reason, resource, message, cause: error });
  }
  const name = error instanceof Error ? error.name : typeof error;
  const reason = isOfParser(error) ? 'Malformed' : 'Unknown';
  return new KubeError({ reason, resource, message: `the request failed with ${name}`, cause: error });
}

const whatHappened = {
  ConnectionRefused: 'the connection was refused',
  ConnectTimeout: 'no connection was made in time',
  Network: 'the request was cut off, or could not be sent',
} as const satisfies Record<ConnectionFailure['reason'], string>;

/**
 * The members in which clients have the status of an answer: client-node, `fetch` wrappers; axios and got have the
 * answer itself.
 */
function httpCode(error: unknown): number | undefined {
  for (const place of [error, memberOf(error, 'response')]) {
    for (const name of ['code', 'statusCode', 'status']) {
      const value = memberOf(place, name);
      if (typeof value === 'number' && value >= 300 && value < 600) return value;
    }
  }
  return undefined;
}

function bodyOf(error: unknown): unknown {
  for (const place of [error, memberOf(error, 'response')]) {
    for (const name of ['body', 'data']) {
      const body = recordOf(memberOf(place, name));
      if (body !== undefined) return body;
    }
  }
  return {};
}

function recordOf(body: unknown): unknown {
  if (typeof body !== 'string') return isJsonRecord(body) ? body : undefined;
  try {
    const value: unknown = JSON.parse(body);
    return isJsonRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `JSON.parse` and `Response.json` throw a SyntaxError for invalid JSON. */
function isOfParser(error: unknown): boolean {
  return [error, memberOf(error, 'cause')].some((each) => memberOf(each, 'name') === 'SyntaxError');
}
