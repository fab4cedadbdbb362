import { KubeError, kubeErrorFromStatus } from '../protocol/kube-error.ts';
import { statusOf } from './decode-status.ts';
import { isJsonRecord } from './json-record.ts';

/**
 * The `KubeError` for what another client failed with. An HTTP status in `code` or `statusCode`, with the Status in
 * `body` as text or object, keeps its meaning; anything else is `Unknown`. The other error's message stays in the cause
 * alone: clients put headers and bodies into it.
 */
export function foreignError(resource: string, error: unknown): KubeError {
  const code = httpCode(error);
  const name = error instanceof Error ? error.name : typeof error;
  if (code === undefined) {
    return new KubeError({ reason: 'Unknown', resource, message: `the request failed with ${name}`, cause: error });
  }
  const status = statusOf(bodyOf(error));
  return kubeErrorFromStatus(resource, { ...status, code }, code);
}

function httpCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  return [code, statusCode].find((value): value is number => typeof value === 'number' && value >= 300 && value < 600);
}

function bodyOf(error: unknown): unknown {
  const { body } = error as { body?: unknown };
  if (typeof body !== 'string') return isJsonRecord(body) ? body : {};
  try {
    const value: unknown = JSON.parse(body);
    return isJsonRecord(value) ? value : {};
  } catch {
    return {};
  }
}
