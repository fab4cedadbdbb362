import { describe, expect, it } from 'vitest';
import { buildObject } from 'kuberx/testing';
import { selectionOf } from '#src/protocol/selectors/selection-of.ts';

const pod = { ...buildObject('default/web', '5') };
const labelled = { ...pod, metadata: { ...pod.metadata, labels: { app: 'web' } } };

describe('selectionOf', () => {
  it.each([
    [{}, pod, true],
    [{ labelSelector: '', fieldSelector: '' }, pod, true],
    [{ labelSelector: 'app=web' }, labelled, true],
    [{ labelSelector: 'app=web' }, pod, false],
    [{ labelSelector: '!app' }, labelled, false],
    [{ fieldSelector: 'metadata.name=web' }, pod, true],
    [{ fieldSelector: 'metadata.name!=web' }, pod, false],
    [{ fieldSelector: 'metadata.namespace=default,metadata.name=db' }, pod, false],
    [{ fieldSelector: 'status.phase=Running' }, pod, undefined],
    [{ fieldSelector: 'status.phase=Running', labelSelector: 'app=web' }, pod, false],
    [{ fieldSelector: 'status.phase=Running,metadata.name=db' }, pod, false],
    [{ labelSelector: '(' }, pod, undefined],
    [{ fieldSelector: '(' }, pod, undefined],
  ])('says by %j of an object whether it is selected', (selectors, object, expected) => {
    expect(selectionOf(selectors)(object)).toBe(expected);
  });
});
