import { isJsonRecord } from './json-record.ts';

const kind = 'PartialObjectMetadata';
const apiVersion = 'meta.k8s.io/v1';

/**
 * The metadata of an object, in the form in which a server sends PartialObjectMetadata. A value without metadata stays
 * as it is.
 */
export function partialObject(value: unknown): unknown {
  if (!isJsonRecord(value) || !isJsonRecord(value['metadata'])) return value;
  if (value['kind'] === kind && value['apiVersion'] === apiVersion) return value;
  return { kind, apiVersion, metadata: value['metadata'] };
}
