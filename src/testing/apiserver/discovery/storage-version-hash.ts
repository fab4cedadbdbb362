import { createHash } from 'node:crypto';

/** Names a version in which objects are stored. Source: apiserver `endpoints/discovery/storageversionhash.go`. */
export function storageVersionHash(group: string, version: string, kind: string): string {
  return createHash('sha256').update(`${group}/${version}/${kind}`).digest().subarray(0, 8).toString('base64');
}
