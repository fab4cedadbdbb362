import fc from 'fast-check';
import { concat, from, NEVER, of, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { KubeError, type KubernetesObject, type WatchFrame } from 'kuberx';
import { decodeWatchFrames, type DecodeWatchFramesOptions } from '#src/transport/decode/decode-watch-frames.ts';
import type { HttpEvent } from '#src/transport/request/http-client.ts';
import type { ObjectRule } from '#src/transport/decode/object-rule.ts';
import { chunk, head, pieces } from '../responses.ts';

const encoder = new TextEncoder();
const rule: ObjectRule = { resource: 'v1/configmaps in default', apiVersion: 'v1' };
const secret = 'hunter2';

const configMap = (name: string, more: object = {}) => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { name, namespace: 'default', uid: `uid-${name}`, resourceVersion: '7' },
  ...more,
});
const event = (type: string, object: unknown) => JSON.stringify({ type, object });

interface Outcome {
  readonly frames: readonly WatchFrame<KubernetesObject>[];
  readonly end: 'complete' | 'open' | KubeError;
}

function decode(
  chunks: readonly (string | Uint8Array)[],
  options: DecodeWatchFramesOptions & { rule?: ObjectRule; stays?: boolean } = {},
): Outcome {
  const frames: WatchFrame<KubernetesObject>[] = [];
  let end: Outcome['end'] = 'open';
  const events: HttpEvent[] = [head(200), ...chunks.map(chunk)];
  concat(from(events), options.stays ? NEVER : of())
    .pipe(decodeWatchFrames<KubernetesObject>(options.rule ?? rule, options))
    .subscribe({
      next: (frame) => frames.push(frame),
      error: (error: unknown) => (end = error as KubeError),
      complete: () => (end = 'complete'),
    });
  return { frames, end };
}

const failure = (outcome: Outcome): KubeError => {
  expect(outcome.end).toBeInstanceOf(KubeError);
  return outcome.end as KubeError;
};

describe('decodeWatchFrames', () => {
  it('gives OPEN, changes, bookmarks and the marker', () => {
    const marker = { metadata: { resourceVersion: '9', annotations: { 'k8s.io/initial-events-end': 'true' } } };
    const almost = { metadata: { resourceVersion: '10', annotations: { 'k8s.io/initial-events-end': 'yes' } } };
    const lines = [
      event('ADDED', configMap('a')),
      event('BOOKMARK', marker),
      event('BOOKMARK', almost),
      event('MODIFIED', configMap('a')),
      event('DELETED', configMap('a')),
    ];
    expect(decode([`${lines.join('\n')}\n`])).toEqual({
      frames: [
        { type: 'OPEN' },
        { type: 'ADDED', object: configMap('a'), resourceVersion: '7' },
        { type: 'BOOKMARK', resourceVersion: '9', initialEventsEnd: true },
        { type: 'BOOKMARK', resourceVersion: '10', initialEventsEnd: false },
        { type: 'MODIFIED', object: configMap('a'), resourceVersion: '7' },
        { type: 'DELETED', object: configMap('a'), resourceVersion: '7' },
      ],
      end: 'complete',
    });
  });

  it('gives the same frames for every way to cut the bytes, also inside a character', () => {
    const object = fc.record({ name: fc.stringMatching(/^[a-z]{1,20}$/), value: fc.string({ unit: 'binary' }) });
    const separator = fc.constantFrom('\n', '\r\n', '\n\n', '\r\n\r\n');
    const objects = fc.array(fc.tuple(object, separator), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(objects, fc.array(fc.nat()), (parts, cuts) => {
        const values = parts.map(([{ name, value }]) => configMap(name, { data: { text: `${value}é漢😀` } }));
        const text = parts.map(([, end], index) => event('ADDED', values[index]) + end).join('');
        const bytes = encoder.encode(text);
        const outcome = decode(pieces(bytes, cuts.map((cut) => cut % (bytes.length + 1)))); // prettier-ignore
        expect(outcome.end).toBe('complete');
        expect(outcome.frames.slice(1)).toEqual(
          values.map((value) => ({ type: 'ADDED', object: value, resourceVersion: '7' })),
        );
      }),
      { numRuns: 200 },
    );
  });

  describe('from a server that does not send a frame in each line', () => {
    const values = ['a', 'b', 'c'].map((name) =>
      configMap(name, { data: { text: '}{"[\\ \n', '{': '' }, list: [{}, [[{ a: [] }]], { b: {} }, null, 1] }),
    );
    const added = values.map((object) => ({ type: 'ADDED', object, resourceVersion: '7' }));
    const compact = values.map((value) => event('ADDED', value));
    const pretty = values.map((object) => JSON.stringify({ type: 'ADDED', object }, undefined, 2));

    it.each([
      ['one behind the other', compact.join('')],
      ['one behind the other, in lines', `${compact.join('')}\n${compact.join(' ')}\n`],
      ['over several lines', pretty.join('\n')],
      ['over several lines, without one between them', pretty.join('')],
      ['over several lines, indented by tabs and ended as on Windows', pretty.join('\n').replaceAll('\n', '\r\n\t')],
      ['with white space between them', ` \t\n  ${compact.join('\n \n\t\r\n  ')}\n \n`],
      ['in one line each, then over several', `${compact.join('\n')}\n${pretty.join('\n')}\n${compact.join('\n')}`],
    ])('gives those that come %s, cut anywhere', (_, text) => {
      const bytes = encoder.encode(text);
      const rounds = text.split('"ADDED"').length / values.length;
      const expected = Array.from({ length: Math.floor(rounds) }, () => added).flat();
      for (const size of [1, 2, 7, 64, bytes.length]) {
        const cuts = Array.from({ length: Math.ceil(bytes.length / size) }, (__, index) => index * size);
        expect(decode(pieces(bytes, cuts))).toEqual({ frames: [{ type: 'OPEN' }, ...expected], end: 'complete' });
      }
    });

    it('gives a frame as soon as it is whole', () => {
      for (const chunks of [
        [compact[0]!],
        [pretty[0]!],
        ['{', compact[0]!.slice(1)],
        [compact[0]!, '\n'],
        [`${pretty[0]!}\n`],
      ])
        expect(decode(chunks, { stays: true })).toEqual({ frames: [{ type: 'OPEN' }, added[0]], end: 'open' });
    });

    it('takes white space for nothing, however much of it comes', () => {
      expect(decode([' ', '\n', '\r\n', '   \n', '\t'], { stays: true })).toEqual({
        frames: [{ type: 'OPEN' }],
        end: 'open',
      });
      expect(decode([' '.repeat(50), '\n'.repeat(50)], { maxFrameBytes: 60 }).end).toBe('complete');
    });

    it.each([
      ['in a text', '{"type":"ADDED","object":{"metadata":{"name":"hunt\n'],
      ['after a value', '{"type":"ADDED","object":{"metadata":{"name":"hunter2"}\n'],
      ['after a comma', '{"type":"ADDED","object":{"metadata":{"name":"hunter2"},\n'],
      ['after a colon', '{"type":"ADDED","object":\n'],
    ])('finds out, at the second frame behind it, one that was left off %s', (_, part) => {
      const { frames, end } = decode([`${compact[0]!}\n${part}${compact[1]!}\n`, `${compact[2]!}\n`], { stays: true });
      expect(frames.slice(1)).toEqual([added[0]]);
      expect(end).toMatchObject({ reason: 'Malformed' });
      expect((end as KubeError).message).toBe('v1/configmaps in default: frame 2 of the watch is not JSON');
    });

    it('says StreamCut where the last of them is not whole', () => {
      for (const text of [`${compact.join('')}${compact[0]!.slice(0, -1)}`, pretty.join('').slice(0, -1)]) {
        const outcome = decode([text]);
        expect(failure(outcome).reason).toBe('StreamCut');
      }
    });
  });

  it('gives whole frames of a stream cut anywhere, and never a part of one', () => {
    const text = `${event('ADDED', configMap('a', { data: { text: 'é😀' } }))}\n${event('ADDED', configMap('b'))}\n`;
    const bytes = encoder.encode(text);
    const ends = [...bytes.keys()].filter((index) => bytes[index] === 10);
    for (let length = 0; length <= bytes.length; length += 1) {
      const outcome = decode([bytes.slice(0, length)]);
      // A whole object without its line feed is whole: no part of an object is an object.
      expect(outcome.frames.length - 1).toBe(ends.filter((end) => end <= length).length);
      const isBetweenFrames = length === 0 || ends.some((end) => length === end || length === end + 1);
      if (isBetweenFrames) expect(outcome.end).toBe('complete');
      else expect(failure(outcome).reason).toBe('StreamCut');
    }
  });

  it('ends after an ERROR frame, whatever follows', () => {
    const status = { kind: 'Status', status: 'Failure', reason: 'Expired', code: 410, message: 'too old' };
    const outcome = decode([`${event('ERROR', status)}\nrubbish\n`, 'more'], { stays: true });
    expect(outcome).toEqual({ frames: [{ type: 'OPEN' }, { type: 'ERROR', status }], end: 'complete' });
  });

  it('makes a Status of whatever an ERROR frame holds', () => {
    const [, frame] = decode([`${event('ERROR', 'boom')}\n`]).frames;
    expect(frame).toMatchObject({ type: 'ERROR', status: { status: 'Failure' } });
    const odd = { code: 'x', message: 3, details: { causes: null, retryAfterSeconds: '1' }, reason: 'Expired' };
    expect(decode([`${event('ERROR', odd)}\n`]).frames[1]).toEqual({
      type: 'ERROR',
      status: { reason: 'Expired', details: {} },
    });
  });

  it('says TooLarge as soon as a frame is too long, whole or not', () => {
    const long = event('ADDED', configMap('a', { data: { text: 'x'.repeat(2000) } }));
    for (const chunks of [[`${long}\n`], [long.slice(0, 900), long.slice(900, 1500)]]) {
      const error = failure(decode(chunks, { maxFrameBytes: 1000, stays: true }));
      expect(error.reason).toBe('TooLarge');
      expect(error.message).toBe('v1/configmaps in default: frame 1 of the watch has more than 1000 bytes');
    }
    const exact = event('ADDED', configMap('a'));
    expect(decode([`${exact}\n`], { maxFrameBytes: exact.length }).end).toBe('complete');
  });

  it('takes a frame of many chunks in linear time', () => {
    const long = encoder.encode(`${event('ADDED', configMap('a', { data: { text: 'x'.repeat(8_000_000) } }))}\n`);
    const cuts = Array.from({ length: long.length / 400 }, (_, index) => index * 400);
    const parts = pieces(long, cuts);
    expect(parts.length).toBeGreaterThan(20_000);
    // 20,000 times the bytes so far would be 80 GB to copy, far beyond the time limit of a test.
    expect(decode(parts).frames).toHaveLength(2);
  });

  it.each([
    ['what is not JSON', `{"data":"${secret}"`, 'frame 2 of the watch is not JSON'],
    ['what is not an object', '"text"', 'frame 2 of the watch is not an object'],
    ['an unknown type', event('RENAMED', configMap('a')), 'frame 2 of the watch has a type that no watch has'],
    ['no type', '{}', 'frame 2 of the watch has a type that no watch has'],
  ])('says Malformed for %s, in the words of the place', (_, line, message) => {
    // prettier-ignore
    const outcome = decode([`${event('ADDED', configMap('first'))}\n${line}\n${event('ADDED', configMap('last'))}\n`]);
    expect(outcome.frames).toHaveLength(2);
    const error = failure(outcome);
    expect(error.reason).toBe('Malformed');
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/^v1\/configmaps in default: frame 2 /);
    expect(JSON.stringify([error.message, error.cause ?? ''])).not.toContain(secret);
  });

  it('says Malformed for bytes that are not UTF-8', () => {
    const bytes = encoder.encode(`${event('ADDED', configMap('a', { data: { text: '?' } }))}\n`);
    bytes[bytes.indexOf(63)] = 0xff;
    expect(failure(decode([bytes])).message).toBe('v1/configmaps in default: frame 1 of the watch is not UTF-8');
  });

  it.each([
    ['no object', undefined, 'is not an object'],
    ['an array', [], 'is not an object'],
    ['no metadata', { ...configMap('a'), metadata: null, data: { text: secret } }, 'has no metadata'],
    ['no name', configMap('a', { metadata: { uid: secret } }), 'has no metadata.name'],
    ['an empty name', configMap(''), 'has no metadata.name'],
    [
      'a namespace that is not text',
      configMap('a', { metadata: { name: 'a', namespace: 1 } }),
      'has a metadata.namespace that is not text',
    ],
    ['a Status', { kind: 'Status', apiVersion: 'v1', metadata: {}, message: secret }, 'has no metadata.name'],
    ['a Table', { kind: 'Table', apiVersion: 'meta.k8s.io/v1', rows: [secret] }, 'has no metadata'],
  ])('leaves out %s, in the words of the place, and goes on', (_, object, problem) => {
    const { frames, end } = decode([
      `${event('ADDED', configMap('first'))}\n${event('MODIFIED', object)}\n${event('ADDED', configMap('last'))}\n`,
    ]);
    expect(end).toBe('complete');
    expect(frames.map(({ type }) => type)).toEqual(['OPEN', 'ADDED', 'REFUSED', 'ADDED']);
    const [, , refused] = frames;
    if (refused?.type !== 'REFUSED') throw new Error('unreachable');
    const { error } = refused;
    expect(error).toMatchObject({ reason: 'Malformed', resource: 'v1/configmaps in default' });
    expect(error.message).toBe(
      `v1/configmaps in default: frame 2 of the watch (MODIFIED): its object ${problem}, and is left out`,
    );
    expect(JSON.stringify([error.message, error.cause ?? ''])).not.toContain(secret);
  });

  it('tells the version of what is left out, where it has one', () => {
    const lines = [{ resourceVersion: '8' }, { resourceVersion: 9 }, {}].map((metadata) =>
      event('DELETED', configMap('a', { metadata })),
    );
    const { frames } = decode([`${lines.join('\n')}\n`]);
    const error = expect.any(KubeError) as KubeError;
    expect(frames.slice(1)).toEqual([
      { type: 'REFUSED', error, resourceVersion: '8' },
      { type: 'REFUSED', error },
      { type: 'REFUSED', error },
    ]);
  });

  it.each([
    ['in another version', { apiVersion: 'v2' }],
    ['of another group', { apiVersion: 'example.io/v1' }],
    ['of another kind', { kind: 'Secret' }],
  ])('takes an object %s as it comes', (_, more) => {
    const { frames } = decode([`${event('MODIFIED', configMap('a', more))}\n`]);
    expect(frames.slice(1)).toEqual([{ type: 'MODIFIED', object: configMap('a', more), resourceVersion: '7' }]);
  });

  it('gives an object that does not say what it is the apiVersion that was asked for, and the kind if it is known', () => {
    const { kind: _, apiVersion: __, ...bare } = configMap('a');
    const given = (known?: ObjectRule) => decode([`${event('ADDED', bare)}\n`], { rule: known ?? rule }).frames[1];
    expect(given()).toEqual({ type: 'ADDED', object: { apiVersion: 'v1', ...bare }, resourceVersion: '7' });
    expect(given({ ...rule, kind: 'ConfigMap' })).toMatchObject({ object: configMap('a') });
  });

  it.each([
    ['null', null],
    ['a number', 5],
  ])('takes a uid and a version that are %s for none, and a namespace that is null', (_, value) => {
    const metadata = { name: 'a', namespace: null, uid: value, resourceVersion: value, labels: { app: 'x' } };
    const { frames } = decode([
      `${event('ADDED', configMap('a', { metadata }))}\n${event('DELETED', configMap('a', { metadata }))}\n`,
    ]);
    const object = configMap('a', { metadata: { name: 'a', labels: { app: 'x' } } });
    expect(frames.slice(1)).toStrictEqual([
      { type: 'ADDED', object },
      { type: 'DELETED', object },
    ]);
  });

  it('needs no version of a bookmark', () => {
    const marker = { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } };
    const lines = [{ metadata: {} }, { metadata: { resourceVersion: null } }, {}, null, marker];
    const { frames, end } = decode([`${lines.map((object) => event('BOOKMARK', object)).join('\n')}\n`]);
    expect(end).toBe('complete');
    expect(frames.slice(1)).toStrictEqual(
      lines.map((object) => ({ type: 'BOOKMARK', initialEventsEnd: object === marker })),
    );
  });

  it('cuts whole objects to their metadata where nothing else was asked for', () => {
    const { metadata } = configMap('a');
    const partial = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
    const lines = [configMap('a', { data: { text: secret } }), partial].map((object) => event('ADDED', object));
    const { frames } = decode([`${lines.join('\n')}\n`], { rule: { ...rule, metadataOnly: true } });
    expect(frames.slice(1)).toStrictEqual([
      { type: 'ADDED', object: partial, resourceVersion: '7' },
      { type: 'ADDED', object: partial, resourceVersion: '7' },
    ]);
  });

  it('keeps an own __proto__ member as data', () => {
    const line = `{"type":"ADDED","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","resourceVersion":"7"},"__proto__":{"polluted":true}}}\n`;
    const [, frame] = decode([line]).frames;
    const object = frame?.type === 'ADDED' ? frame.object : undefined;
    expect(Object.getOwnPropertyDescriptor(object, '__proto__')?.value).toEqual({ polluted: true });
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  it('passes the error of the connection on', () => {
    const broken = new KubeError({ reason: 'Network', resource: 'r', message: 'reset' });
    let error: unknown;
    concat(
      of(head(200)),
      throwError(() => broken),
    )
      .pipe(decodeWatchFrames(rule))
      .subscribe({ error: (thrown: unknown) => (error = thrown) });
    expect(error).toBe(broken);
  });
});
