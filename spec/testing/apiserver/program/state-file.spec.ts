import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readState, writeState } from '#src/testing/apiserver/program/state-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'kuberx-state-'));
afterAll(() => rmSync(directory, { recursive: true }));
const path = (name: string): string => join(directory, name);

it('reads what it has written, integers beyond 2^53 too, for its owner only', () => {
  const object = { metadata: { name: 'a', uid: 'a' }, data: { large: 9007199254740993n } };
  const state = { resourceVersion: '101', objects: { 'v1/configmaps': [object as never] } };
  writeState(path('state.json'), state);
  expect(readState(path('state.json'))).toEqual(state);
  expect(statSync(path('state.json')).mode & 0o777).toBe(0o600);
  writeState(path('state.json'), { resourceVersion: '102', objects: {} });
  expect(readState(path('state.json'))).toEqual({ resourceVersion: '102', objects: {} });
});

it('knows no state where there is no file', () => {
  expect(readState(path('nothing.json'))).toBeUndefined();
});

it('refuses what is not JSON, or no file', () => {
  writeFileSync(path('broken.json'), '{');
  mkdirSync(path('folder'));
  expect(() => readState(path('broken.json'))).toThrow(/broken\.json is not JSON/);
  expect(() => readState(path('folder'))).toThrow(/folder cannot be read: EISDIR/);
});

it('leaves nothing behind where it cannot write', () => {
  const state = { resourceVersion: '1', objects: {} };
  mkdirSync(path('taken/inside'), { recursive: true });
  const before = readdirSync(directory);
  expect(() => writeState(path('taken'), state)).toThrow(/taken cannot be written/);
  expect(() => writeState(path('nowhere/state.json'), state)).toThrow(/cannot be written: ENOENT/);
  expect(readdirSync(directory)).toEqual(before);
});
