import { type KubeError, kubeErrorFromStatus, type StatusReason } from '../protocol/errors/kube-error.ts';
import type { Status, StatusDetails } from '../protocol/errors/status.ts';

/** A `Failure` Status with its fields in the server's order. It has no reason if the server gives none. */
export function failureStatus(
  code: number,
  reason: StatusReason | undefined,
  message: string,
  details?: StatusDetails,
  metadata: NonNullable<Status['metadata']> = {},
): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata,
    status: 'Failure',
    message,
    ...(reason !== undefined && { reason }),
    ...(details !== undefined && { details }),
    code,
  };
}

/** The error that carries a Status to the code that answers the request. */
export function refusal(resource: string, status: Status): KubeError {
  return kubeErrorFromStatus(resource, status);
}

/** 400: the request itself is wrong. */
export function badRequest(message: string): Status {
  return failureStatus(400, 'BadRequest', message);
}

/** 410 for a list whose version is no longer held. */
export function listExpired(): Status {
  return failureStatus(410, 'Expired', 'The resourceVersion for the provided list is too old.');
}

/** 410 for a page whose list is no longer held, with a token for an inconsistent rest. */
export function continueExpired(token: string): Status {
  return failureStatus(
    410,
    'Expired',
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
      'the continue parameter, or use the continue token in this response to retrieve the remainder of the results. ' +
      'Continuing with the provided token results in an inconsistent list - objects that were created, modified, or ' +
      'deleted between the time the first chunk was returned and now may show up in the list.',
    undefined,
    { continue: token },
  );
}

/** 410 for a watch; `oldest` is the oldest version that is held. */
export function watchExpired(version: bigint, oldest: bigint): Status {
  return failureStatus(410, 'Expired', `too old resource version: ${String(version)} (${String(oldest)})`);
}

/** 504 for a request whose version did not come in time. */
export function tooLargeVersion(version: bigint, current: bigint): Status {
  return failureStatus(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${String(version)}, current: ${String(current)}`,
    { causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }], retryAfterSeconds: 1 },
  );
}

/** A refused parameter, in the words of apimachinery's `field.Error`. */
export interface FieldFault {
  readonly reason:
    | 'FieldValueDuplicate'
    | 'FieldValueForbidden'
    | 'FieldValueInvalid'
    | 'FieldValueNotSupported'
    | 'FieldValueRequired'
    | 'FieldValueTooLong'
    | 'FieldValueTooMany'
    | 'FieldValueTypeInvalid';
  readonly field: string;
  readonly message: string;
}

/** 422: the object, or the options of the request, cannot be accepted. `kind` with its group: `Widget.example.io`. */
export function invalid(kind: string, name: string, faults: readonly FieldFault[]): Status {
  const texts = faults.map(({ field, message }) => `${field}: ${message}`);
  const [singular, ...groupParts] = kind.split('.');
  return failureStatus(
    422,
    'Invalid',
    `${kind} ${JSON.stringify(name)} is invalid: ${texts.length === 1 ? texts.join() : `[${texts.join(', ')}]`}`,
    {
      ...(name !== '' && { name }),
      ...(groupParts.length > 0 && { group: groupParts.join('.') }),
      kind: singular ?? kind,
      causes: faults.map(({ reason, message, field }) => ({ reason, message, field })),
    },
  );
}
