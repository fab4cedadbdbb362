import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, setOwn } from './json-object.ts';

/** A JSON patch that cannot be applied: malformed, a path that leads nowhere, or a test that fails. */
export class JsonPatchError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'JsonPatchError';
  }
}

function fail(message: string): never {
  throw new JsonPatchError(message);
}

/** The steps of a JSON pointer (RFC 6901). */
function steps(pointer: unknown): readonly string[] {
  if (pointer === '') return [];
  if (typeof pointer !== 'string' || !pointer.startsWith('/')) return fail('a path is no JSON pointer');
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function indexIn(array: readonly unknown[], step: string, isAddition: boolean): number {
  if (isAddition && step === '-') return array.length;
  const index = /^(0|[1-9][0-9]*)$/.test(step) ? Number(step) : fail('a path has no index where an array is');
  return index < array.length + (isAddition ? 1 : 0) ? index : fail('a path leads beyond the end of an array');
}

function child(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return (value as unknown[])[indexIn(value, step, false)];
  if (isJsonObject(value) && Object.hasOwn(value, step)) return value[step];
  return fail('a path leads nowhere');
}

/** Puts something else in the last place of a path; nothing removes what is there. The way to it is copied. */
function changed(
  value: unknown,
  path: readonly string[],
  operation: 'add' | 'remove' | 'replace',
  content?: unknown,
): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return operation === 'remove' ? null : content;
  const isLast = rest.length === 0;
  const isAddition = isLast && operation === 'add';
  if (!isAddition) child(value, step);
  const inner = isLast ? content : changed(child(value, step), rest, operation, content);
  if (Array.isArray(value)) {
    const index = indexIn(value, step, isAddition);
    if (isAddition) return value.toSpliced(index, 0, inner);
    return isLast && operation === 'remove' ? value.toSpliced(index, 1) : value.with(index, inner);
  }
  if (!isJsonObject(value)) return fail('a path leads nowhere');
  const copy: Record<string, unknown> = { ...value };
  if (isLast && operation === 'remove') Reflect.deleteProperty(copy, step);
  else setOwn(copy, step, inner);
  return copy;
}

function valueAt(document: unknown, path: readonly string[]): unknown {
  return path.reduce(child, document);
}

function applied(document: unknown, operation: unknown): unknown {
  if (!isJsonObject(operation)) return fail('an operation is no object');
  const { op, value } = operation;
  const path = steps(operation['path']);
  const needsValue = op === 'add' || op === 'replace' || op === 'test';
  if (needsValue && value === undefined) return fail('an operation has no value');
  switch (op) {
    case 'add':
    case 'replace':
      return changed(document, path, op, value);
    case 'remove':
      return changed(document, path, op);
    case 'test':
      return isDeepStrictEqual(valueAt(document, path), value) ? document : fail('a test has failed');
    case 'copy':
      return changed(document, path, 'add', valueAt(document, steps(operation['from'])));
    case 'move': {
      const from = steps(operation['from']);
      const isInside = path.length > from.length && from.every((step, index) => step === path[index]);
      if (isInside) return fail('a value cannot be moved into itself');
      return changed(changed(document, from, 'remove'), path, 'add', valueAt(document, from));
    }
    default:
      return fail('an operation is unknown');
  }
}

/**
 * Applies a JSON patch (RFC 6902), all of it or nothing; the document is not changed, and shares what stays.
 *
 * @throws JsonPatchError whose message quotes neither document nor patch.
 */
export function jsonPatch(document: unknown, operations: readonly unknown[]): unknown {
  return operations.reduce(applied, document);
}
