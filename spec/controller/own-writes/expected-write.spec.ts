import { describe, expect, it } from 'vitest';
import { store as makeStore } from 'kuberx';
import { buildObject } from 'kuberx/testing';
import { expectedDeleted, expectedWritten, isPassed, progressOf } from '#src/controller/own-writes/expected-write.ts';

const resource = 'v1/pods';

/** An informer whose state is complete up to a version. */
function at(version: string, ...objects: ReturnType<typeof buildObject>[]) {
  const store = makeStore();
  if (version !== '') store.replace(objects, version);
  return {
    resource,
    metadataOnly: false,
    selects: () => undefined,
    store,
    transform: (object: ReturnType<typeof buildObject>) => object,
  };
}

describe('progressOf', () => {
  it.each([
    ['4', 'behind'],
    ['5', 'passed'],
    ['10', 'passed'],
    ['opaque', 'unknown'],
  ])('of a state at %s and a write of version 5 is %s', (version, expected) => {
    const informer = at(version);
    expect(progressOf(expectedWritten(resource, buildObject('default/a', '5'), [informer]), informer)).toBe(expected);
  });

  it('of an informer without a state is passed: there is nothing to be behind', () => {
    const informer = at('');
    expect(progressOf(expectedWritten(resource, buildObject('default/a', '5'), [informer]), informer)).toBe('passed');
  });

  it('of a deletion is behind while the object is there, and not while another has its name', () => {
    const object = buildObject('default/a', '3');
    const informer = at('4', object);
    const deletion = expectedDeleted(resource, object, [informer], []);
    expect(progressOf(deletion, informer)).toBe('behind');
    informer.store.replace([buildObject('default/a', '6', { metadata: { uid: 'other' } })], '6');
    expect(progressOf(deletion, informer)).toBe('passed');
    informer.store.replace([], '7');
    expect(progressOf(deletion, informer)).toBe('passed');
  });

  it('of a deletion of what was written before is behind until the writing is passed too', () => {
    const object = buildObject('default/a', '5');
    const informer = at('4');
    const deletion = expectedDeleted(resource, object, [informer], [expectedWritten(resource, object, [informer])]);
    expect(progressOf(deletion, informer)).toBe('behind');
    informer.store.next({ type: 'Bookmark', resourceVersion: '6' });
    expect(progressOf(deletion, informer)).toBe('passed');
  });
});

describe('isPassed', () => {
  it('holds when every informer is up to it', () => {
    const [early, late] = [at('9'), at('4')];
    const write = expectedWritten(resource, buildObject('default/a', '5'), [early, late]);
    expect(isPassed(write)).toBe(false);
    late.store.next({ type: 'Bookmark', resourceVersion: '5' });
    expect(isPassed(write)).toBe(true);
  });
});
