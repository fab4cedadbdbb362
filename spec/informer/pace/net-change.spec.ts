import { describe, expect, it } from 'vitest';
import { type NetChange, netChange } from '#src/informer/pace/net-change.ts';
import { type Pod, pod } from '../../store/pods.ts';
import { event, word } from '../events.ts';

/** What these events come to for a consumer that saw this version of `a`, in words. */
function netOf(words: string, seenVersion?: string): string {
  const seen = seenVersion === undefined ? undefined : pod('a', { version: seenVersion });
  const change = words.split(' ').reduce<NetChange<Pod>>((net, each) => netChange(net, event(each), seen), []);
  return change.map(word).join(' ');
}

describe('netChange', () => {
  it.each([
    ['added', '+a@1', '+a@1'],
    ['added in the initial list', '+a@1!', '+a@1!'],
    ['added, updated', '+a@1! ~a@1>2 ~a@2>3', '+a@3!'],
    ['added, deleted', '+a@1 -a@2', ''],
    ['added, deleted, added', '+a@1! -a@2 +a@3', '+a@3'],
    ['added, deleted, added under another uid', '+a@1! -a@2 +a@3:new', '+a@3:new'],
    ['an update, of which it says what was before', '~a@1>2', '~a@1>2'],
    ['a deletion, of which it says what was before', '-a@2?', '-a@2?'],
    ['deleted, back', '-a@2 +a@3', '~a@2>3'],
  ])('of what the consumer has not seen: %s', (_, words, expected) => {
    expect(netOf(words)).toBe(expected);
  });

  it.each([
    ['updated', '~a@1>2', '~a@1>2'],
    ['resynced', '~a@1', '~a@1'],
    ['updated twice', '~a@1>2 ~a@2>3', '~a@1>3'],
    ['updated, resynced', '~a@1>2 ~a@2', '~a@1>2'],
    ['updated from something else than was seen', '~a@4>5', '~a@1>5'],
    ['deleted', '-a@2', '-a@2'],
    ['deleted unseen', '-a@1?', '-a@1?'],
    ['updated, deleted', '~a@1>2 -a@3', '-a@3'],
    ['deleted, back', '-a@2 +a@3', '~a@1>3'],
    ['deleted, back, updated', '-a@2 +a@3 ~a@3>4', '~a@1>4'],
    ['deleted, back, deleted', '-a@2 +a@3 -a@4?', '-a@4?'],
    ['updated, deleted, back', '~a@1>2 -a@2 +a@3', '~a@1>3'],
    ['deleted, another', '-a@2 +a@3:new', '-a@2 +a@3:new'],
    ['deleted, another, updated', '-a@2? +a@3:new ~a@3>4:new', '-a@2? +a@4:new'],
    ['deleted, another, which is deleted too', '-a@2 +a@3:new -a@4:new', '-a@2'],
    ['deleted, another, and a third', '-a@2 +a@3:new -a@4:new +a@5:third', '-a@2 +a@5:third'],
    ['added, though it is known, then deleted', '+a@2 -a@3', '-a@3'],
  ])('of what the consumer has seen: %s', (_, words, expected) => {
    expect(netOf(words, '1')).toBe(expected);
  });

  it.each([
    ['blue/-a@2 blue/+a@3', 'blue/~a@1>3'],
    ['blue/-a@2 blue/+a@3:new', 'blue/-a@2 blue/+a@3:new'],
    ['blue/~a@1>2 blue/~a@2>3', 'blue/~a@1>3'],
  ])('keeps the part that it is from: %s', (words, expected) => {
    expect(netOf(words, '1')).toBe(expected);
  });

  it('has the very objects: the one that was seen, and the latest', () => {
    const [seen, before, latest] = ['1', '1', '2'].map((version) => pod('a', { version })) as [Pod, Pod, Pod];
    const change = netChange([], { type: 'updated', oldObject: before, object: latest }, seen);
    expect(change).toHaveLength(1);
    expect(change[0]?.object).toBe(latest);
    expect(change[0]).toHaveProperty('oldObject', seen);
    expect((change[0] as { oldObject: Pod }).oldObject).toBe(seen);
  });

  it('takes objects without a uid for the same', () => {
    const [first, second] = ['1', '2'].map((version) => pod('a', { version, uid: '' })) as [Pod, Pod];
    const deleted = netChange([], { type: 'deleted', object: first, finalStateUnknown: false }, first);
    const back = netChange(deleted, { type: 'added', object: second, isInInitialList: false }, first);
    expect(back).toEqual([{ type: 'updated', object: second, oldObject: first }]);
  });
});
