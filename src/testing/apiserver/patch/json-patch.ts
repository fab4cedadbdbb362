import { isDeepStrictEqual } from 'node:util';
import { exactText } from '../../../protocol/numbers/json-text.ts';
import { isTooDeep } from '../objects/json-depth.ts';
import { copyJson, isJsonObject, setOwn } from '../objects/json-object.ts';

/** How many operations a patch may have. Source: apiserver `endpoints/handlers/patch.go`, maxJSONPatchOperations. */
export const maxOperations = 10_000;

/** How many bytes of JSON all `copy` of a patch may add. Source: apiserver `server/config.go`, JSONPatchMaxCopyBytes. */
const maxCopyBytes = 3 * 1024 * 1024;

/** A JSON patch that cannot be applied: a path that leads nowhere, a test that fails, copies without end. */
export class JsonPatchError extends Error {
  /** The patch is not a list of operations at all: 400 instead of 422. */
  readonly malformed: boolean;

  constructor(message: string, malformed = false) {
    super(message);
    this.name = 'JsonPatchError';
    this.malformed = malformed;
  }
}

function fail(message: string): never {
  throw new JsonPatchError(message);
}

type Container = unknown[] | Record<string, unknown>;

/** The last step of a path, in what the others lead to. */
interface Place {
  readonly container: Container;
  readonly key: string;
}

function isContainer(value: unknown): value is Container {
  return Array.isArray(value) || isJsonObject(value);
}

/** Go's reading of numbers: signs and leading zeros are fine. A negative index counts from the end. */
function indexIn(length: number, key: string): number {
  const given = /^[+-]?[0-9]+$/.test(key) ? Number(key) : fail('a path has no index where an array is');
  const index = given < 0 ? given + length : given;
  return index >= 0 && index < length ? index : fail('a path leads beyond an array');
}

/** What is there; `undefined` for a missing member of an object. */
function valueAt({ container, key }: Place): unknown {
  if (Array.isArray(container)) return container[indexIn(container.length, key)];
  return Object.hasOwn(container, key) ? container[key] : undefined;
}

function add({ container, key }: Place, value: unknown): void {
  if (!Array.isArray(container)) setOwn(container, key, value);
  else if (key === '-') container.push(value);
  else container.splice(indexIn(container.length + 1, key), 0, value);
}

function replace({ container, key }: Place, value: unknown): void {
  if (Array.isArray(container)) container[indexIn(container.length, key)] = value;
  else setOwn(container, key, value);
}

function remove({ container, key }: Place): void {
  if (Array.isArray(container)) container.splice(indexIn(container.length, key), 1);
  else if (!Object.hasOwn(container, key) || !Reflect.deleteProperty(container, key)) fail('a path leads nowhere');
}

/** An operation as the server reads it: a null member is a missing one. */
interface Operation {
  readonly op: string | undefined;
  readonly path: string | undefined;
  readonly from: string | undefined;
  /** Null where there is none. */
  readonly value: unknown;
}

function operationOf(given: unknown): Operation {
  const members = given ?? {};
  if (!isJsonObject(members)) throw new JsonPatchError('an operation is not an object', true);
  const text = (name: string): string | undefined => {
    const member = members[name] ?? undefined;
    if (member === undefined || typeof member === 'string') return member;
    throw new JsonPatchError(`"${name}" of an operation is not a string`, true);
  };
  return { op: text('op'), path: text('path'), from: text('from'), value: members['value'] ?? null };
}

/** A document while it is being patched: a copy, which is changed in place. */
class PatchedDocument {
  #root: Container;
  #copiedBytes = 0;

  constructor(root: Container) {
    this.#root = copyJson(root);
  }

  get root(): Container {
    return this.#root;
  }

  apply({ op, path, from, value }: Operation): void {
    switch (op) {
      case 'add':
        add(this.#place(path), copyJson(value));
        break;
      case 'replace':
        if (path === '') this.#replaceRoot(value);
        else replace(this.#place(path), copyJson(value));
        break;
      case 'remove':
        remove(this.#place(path));
        break;
      case 'test':
        this.#test(path, value);
        break;
      case 'copy':
        add(this.#place(path), this.#copyOf(valueAt(this.#place(from))));
        break;
      case 'move':
        this.#move(this.#place(from), path);
        break;
      default:
        fail('an operation is unknown');
    }
  }

  /** The server never looks at what is before the first slash. */
  #place(pointer: string | undefined): Place {
    if (pointer === undefined) return fail('an operation has no path');
    const steps = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const key = steps.pop() ?? fail('a path leads nowhere');
    let container = this.#root;
    for (const step of steps) {
      const next = valueAt({ container, key: step });
      container = isContainer(next) ? next : fail('a path leads nowhere');
    }
    return { container, key };
  }

  #replaceRoot(value: unknown): void {
    this.#root = isContainer(value) ? copyJson(value) : fail('a document is not an object or array');
  }

  #move(source: Place, path: string | undefined): void {
    const moved = valueAt(source);
    remove(source);
    add(this.#place(path), moved);
  }

  #test(path: string | undefined, value: unknown): void {
    const found = path === '' ? this.#root : (valueAt(this.#place(path)) ?? null);
    if (!isDeepStrictEqual(found, value)) fail('a test has failed');
  }

  /** The server copies what is missing as null. */
  #copyOf(value: unknown): unknown {
    if (value === undefined) return null;
    if (isTooDeep(value)) fail('a copy is nested too deep');
    this.#copiedBytes += Buffer.byteLength(exactText(value));
    if (this.#copiedBytes > maxCopyBytes) fail('the copies of a patch are too large');
    return copyJson(value);
  }
}

/**
 * Applies a JSON patch as a kube-apiserver does, all of it or nothing; the document is not changed. RFC 6902, but for
 * this: `replace` adds a missing member; a missing value is null, so `test` and `copy` take one that is not there;
 * indexes may be negative, signed or padded; `add`, `remove`, `copy` and `move` of the whole document are refused.
 * Source: `gopkg.in/evanphx/json-patch.v4`. What the copies add up to is bounded, as is nesting.
 *
 * @throws JsonPatchError whose message quotes neither document nor patch.
 */
export function jsonPatch(document: readonly unknown[] | object, operations: readonly unknown[]): unknown {
  const read = operations.map(operationOf);
  const patched = new PatchedDocument(document as Container);
  for (const operation of read) patched.apply(operation);
  return patched.root;
}
