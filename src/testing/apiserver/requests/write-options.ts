import { badRequest, type FieldFault, invalid, refusal } from '../../../serving/failure-status.ts';
import type { DeleteOptions } from '../objects/collection.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';

/** The options of a write that changes objects. */
export type WriteKind = 'CreateOptions' | 'UpdateOptions' | 'PatchOptions';

const policies = ['Foreground', 'Background', 'Orphan'];
const validations = ['', 'Ignore', 'Strict', 'Warn'];

function unsupported(field: string, value: unknown, supported: readonly string[]): FieldFault {
  const values = supported.map((each) => JSON.stringify(each)).join(', ');
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${values}`;
  return { reason: 'FieldValueNotSupported', field, message };
}

function dryRunFaults(dryRun: readonly string[]): FieldFault[] {
  return dryRun.every((value) => value === 'All') ? [] : [unsupported('dryRun', dryRun, ['All'])];
}

/** Source: apimachinery `meta/v1/validation/validation.go`, FieldManagerMaxLength. */
const maxManagerBytes = 128;

const unprintable = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

function managerFaults(manager: string): FieldFault[] {
  const field = 'fieldManager';
  const message = `Too long: may not be more than ${maxManagerBytes} bytes`;
  const tooLong: FieldFault = { reason: 'FieldValueTooLong', field, message };
  const faults = Buffer.byteLength(manager) > maxManagerBytes ? [tooLong] : [];
  let position = 0;
  for (const character of manager) {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const why = `invalid character U+${code} (at position ${position})`;
    position += Buffer.byteLength(character);
    if (!unprintable.test(character)) continue;
    const printed = JSON.stringify(manager);
    faults.push({ reason: 'FieldValueInvalid', field, message: `Invalid value: ${printed}: ${why}` });
  }
  return faults;
}

function check(resource: string, kind: WriteKind | 'DeleteOptions', faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw refusal(resource, invalid(`${kind}.meta.k8s.io`, '', faults));
}

/**
 * Whether a write is to store nothing. A parameter without a value is one that the server does not know.
 *
 * @throws KubeError 422 for values that it does not know.
 */
export function isDryRun(resource: string, kind: WriteKind, query: URLSearchParams): boolean {
  const dryRun = query.getAll('dryRun');
  const validation = query.get('fieldValidation') ?? '';
  const isKnown = validations.includes(validation);
  check(resource, kind, [
    ...managerFaults(query.get('fieldManager') ?? ''),
    ...dryRunFaults(dryRun),
    ...(isKnown ? [] : [unsupported('fieldValidation', validation, validations)]),
  ]);
  return dryRun.length > 0;
}

/** How the members of options are typed: what they have to be, and Go's name of it. */
const memberTypes: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  dryRun: [(value) => Array.isArray(value) && value.every((each) => typeof each === 'string'), '[]string'],
  gracePeriodSeconds: [Number.isInteger, 'int64'],
  orphanDependents: [(value) => typeof value === 'boolean', 'bool'],
  propagationPolicy: [(value) => typeof value === 'string', 'v1.DeletionPropagation'],
  preconditions: [isJsonObject, 'v1.Preconditions'],
};

function bodyOptions(resource: string, body: unknown): JsonObject {
  const refuse = (text: string): never => {
    throw refusal(resource, badRequest(text));
  };
  if (!isJsonObject(body)) return refuse('the options of the deletion are not an object');
  const { kind } = body;
  if (kind !== undefined && kind !== 'DeleteOptions') refuse('the body of the deletion is not DeleteOptions');
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
  for (const [member, [fits, type]] of Object.entries(memberTypes)) {
    if (given[member] !== undefined && !fits(given[member]))
      refuse(`json: DeleteOptions.${member} is not of type ${type}`);
  }
  const preconditions = (given['preconditions'] ?? {}) as JsonObject;
  for (const member of ['uid', 'resourceVersion']) {
    const value = preconditions[member] ?? undefined;
    if (value !== undefined && typeof value !== 'string') refuse(`json: Preconditions.${member} is not a string`);
  }
  return given;
}

function queryOptions(query: URLSearchParams): JsonObject {
  const policy = query.get('propagationPolicy') ?? '';
  return { dryRun: query.getAll('dryRun'), ...(policy !== '' && { propagationPolicy: policy }) };
}

/** What a deletion asks for, and whether it is to store nothing. */
export interface DeleteRequest extends DeleteOptions {
  readonly dryRun: boolean;
}

/**
 * Reads the options of a deletion: from its body, or, where there is none, from the query.
 *
 * @throws KubeError 400 for a member of another type, 422 for values that the server does not know.
 */
export function deleteRequest(resource: string, body: unknown, query: URLSearchParams): DeleteRequest {
  // A null is an empty body that was sent.
  const given = body === undefined ? queryOptions(query) : bodyOptions(resource, body ?? {});
  const dryRun = (given['dryRun'] ?? []) as readonly string[];
  const { orphanDependents, preconditions } = given;
  const policy = given['propagationPolicy'] as string | undefined;
  const both = {
    reason: 'FieldValueInvalid',
    field: 'propagationPolicy',
    message: `Invalid value: ${JSON.stringify(policy)}: orphanDependents and deletionPropagation cannot be both set`,
  } as const;
  check(resource, 'DeleteOptions', [
    ...(policy !== undefined && orphanDependents !== undefined ? [both] : []),
    ...(policy === undefined || policies.includes(policy)
      ? []
      : [unsupported('propagationPolicy', policy, [...policies, 'nil'])]),
    ...dryRunFaults(dryRun),
  ]);
  const propagationPolicy = policy ?? (orphanDependents === true ? 'Orphan' : undefined);
  return {
    dryRun: dryRun.length > 0,
    ...(isJsonObject(preconditions) && { preconditions }),
    ...(propagationPolicy !== undefined && { propagationPolicy }),
  };
}
