import { describe, expect, it } from 'vitest';
import { conditionOf, type EditedPart, editPatch } from '#src/controller/writing/edit-patch.ts';

interface Widget {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly uid?: string; readonly resourceVersion?: string };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: object;
}

const widget: Widget = Object.freeze({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: Object.freeze({ name: 'w', uid: 'u', resourceVersion: '7' }),
  spec: Object.freeze({ size: 1 }),
});
type Change = (draft: {
  metadata: Record<string, unknown>;
  spec: Record<string, unknown>;
  status: unknown;
  data: unknown;
}) => void;
const patch = (change: Change, part: EditedPart = 'main', object = widget) =>
  editPatch('example.com/v1/widgets', object, change as never, part);

describe('editPatch', () => {
  it('is a merge patch with the version and the uid', () => {
    const made = patch(({ spec }) => {
      spec['size'] = 2;
      spec['list'] = [1];
    });
    const body = { spec: { size: 2, list: [1] }, metadata: { resourceVersion: '7', uid: 'u' } };
    expect(JSON.parse(JSON.stringify(made))).toEqual({ type: 'merge', body });
    expect(conditionOf(made!)).toBe('7');
  });

  it('is a JSON patch with both where a member becomes null', () => {
    const made = patch(({ spec }) => (spec['size'] = null));
    expect(made).toEqual({
      type: 'json',
      body: [
        { op: 'add', path: '/spec/size', value: null },
        { op: 'add', path: '/metadata/resourceVersion', value: '7' },
        { op: 'add', path: '/metadata/uid', value: 'u' },
      ],
    });
    expect(conditionOf(made!)).toBe('7');
  });

  it('is nothing where nothing changes', () => {
    expect(patch(({ spec }) => (spec['size'] = 1))).toBeUndefined();
    expect(patch((draft) => (draft.data = undefined))).toBeUndefined();
  });

  it.each<[string, EditedPart, Change]>([
    ['SetByServer', 'main', ({ metadata }) => (metadata['name'] = 'other')],
    ['SetByServer', 'main', ({ metadata }) => (metadata['resourceVersion'] = '8')],
    ['SetByServer', 'main', (draft) => delete (draft as Partial<typeof draft>).metadata],
    ['IsStatus', 'main', (draft) => (draft.status = { phase: 'Ready' })],
    ['IsNotStatus', 'status', ({ spec }) => (spec['size'] = 5)],
    ['NotJson', 'main', ({ spec }) => (spec['at'] = new Date(0))],
    ['NotJson', 'main', ({ spec }) => (spec['of'] = [{ n: () => 1 }])],
  ])('refuses with %s what would be dropped or refused: %s', (reason, part, change) => {
    expect(() => patch(change, part)).toThrow(
      expect.objectContaining({ name: 'WriteError', reason, resource: 'example.com/v1/widgets', key: 'w' }),
    );
  });

  it('refuses an object without a version', () => {
    const versionless = { ...widget, metadata: { name: 'w' } };
    expect(() => patch(({ spec }) => (spec['size'] = 2), 'main', versionless)).toThrow(
      expect.objectContaining({ reason: 'NoVersion' }),
    );
  });

  it('finds no condition where there is none', () => {
    expect(conditionOf({ type: 'merge', body: { metadata: { resourceVersion: '' } } })).toBeUndefined();
    expect(conditionOf({ type: 'merge', body: {} })).toBeUndefined();
    expect(conditionOf({ type: 'json', body: [{ op: 'remove', path: '/data' }] })).toBeUndefined();
  });
});
