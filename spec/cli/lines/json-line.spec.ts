import { describe, expect, it } from 'vitest';
import { type CacheEvent, KubeError, type KubernetesObject } from 'kuberx';
import { buildObject } from 'kuberx/testing';
import { jsonLine } from '../../../cli/lines/json-line.ts';

const content = { data: { password: 'hunter2' }, metadata: { labels: { a: 'hunter2' } } };
const secret = (key: string, version: string): KubernetesObject => buildObject(key, version, content);
const error = new KubeError({ reason: 'Network', resource: 'v1/secrets', message: 'hunter2 reset', code: 1 });

describe('jsonLine', () => {
  it.each<[CacheEvent<KubernetesObject>, string]>([
    [
      { type: 'Replaced', objects: [secret('ns/a', '7'), secret('b', '8')], resourceVersion: '9' },
      '{"type":"Replaced","resourceVersion":"9","objects":{"ns/a":"7","b":"8"}}',
    ],
    [{ type: 'Replaced', objects: [], resourceVersion: '9' }, '{"type":"Replaced","resourceVersion":"9","objects":{}}'],
    [
      { type: 'Added', object: secret('ns/a', '8'), resourceVersion: '8' },
      '{"type":"Added","key":"ns/a","resourceVersion":"8"}',
    ],
    [
      { type: 'Updated', object: secret('ns/a', '8'), resourceVersion: '8' },
      '{"type":"Updated","key":"ns/a","resourceVersion":"8"}',
    ],
    // The version of a deletion is newer than the one that the object had.
    [
      { type: 'Deleted', object: secret('ns/a', '8'), resourceVersion: '12' },
      '{"type":"Deleted","key":"ns/a","resourceVersion":"12"}',
    ],
    [{ type: 'Bookmark', resourceVersion: '20' }, '{"type":"Bookmark","resourceVersion":"20"}'],
    [{ type: 'Sync' }, '{"type":"Sync"}'],
    [
      { type: 'Received', phase: 'listing', received: 500, remaining: 3 },
      '{"type":"Received","phase":"listing","received":500,"remaining":3}',
    ],
    [{ type: 'Received', phase: 'streaming', received: 0 }, '{"type":"Received","phase":"streaming","received":0}'],
    [{ type: 'Requested', phase: 'watching' }, '{"type":"Requested","phase":"watching"}'],
    [{ type: 'Requested', phase: 'listing', received: 500 }, '{"type":"Requested","phase":"listing","received":500}'],
    [{ type: 'Opened', phase: 'watching' }, '{"type":"Opened","phase":"watching"}'],
    [{ type: 'Settled' }, '{"type":"Settled"}'],
    [
      { type: 'Interrupted', error, phase: 'watching', attempt: 2, retryIn: 1600 },
      '{"type":"Interrupted","phase":"watching","reason":"Network","attempt":2,"retryIn":1600}',
    ],
    [{ type: 'Refused', error, count: 2 }, '{"type":"Refused","reason":"Network","count":2}'],
  ])('projects $type to keys and versions', (event, line) => {
    expect(jsonLine(event)).toBe(line);
  });

  it('keeps keys that are names of properties elsewhere', () => {
    const objects = ['__proto__', 'constructor', '7'].map((key) => secret(key, `1${key.length}`));
    const line = jsonLine({ type: 'Replaced', objects, resourceVersion: '9' });
    expect(new Map(Object.entries((JSON.parse(line) as { objects: object }).objects))).toEqual(
      new Map([
        ['7', '11'],
        ['__proto__', '19'],
        ['constructor', '111'],
      ]),
    );
  });

  it('escapes what a terminal would obey, and means the same', () => {
    const key = 'ns/a\u001b[2J\u009b2J\u202e\u2028\u200d\u007f\u{e0001}ä名';
    const line = jsonLine({ type: 'Added', object: secret(key, '8'), resourceVersion: '8\u009b' });
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(line).toContain('ä名');
    expect(JSON.parse(line)).toEqual({ type: 'Added', key, resourceVersion: '8\u009b' });
  });
});
