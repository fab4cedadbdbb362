import type { KubernetesObject } from './objects/kubernetes-object.ts';

/** One step of a JSON patch, RFC 6902. Paths are JSON pointers: `/metadata/labels/app.kubernetes.io~1name`. */
export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string };

/**
 * A merge patch of `T`, RFC 7386: the members that change, with null for a member to remove. An array is replaced as a whole.
 * Where the type of the resource, or of a member, is unknown, any value is allowed.
 */
export type MergePatch<T> = IsOpen<T> extends true ? object : MergePart<T>;

/**
 * A strategic merge patch of `T`: like a {@link MergePatch}, but the items of lists are merged by their keys, and directives are
 * allowed everywhere. Built-in resources only.
 */
export type StrategicMergePatch<T> = IsOpen<T> extends true ? object : StrategicPart<T>;

/** A patch of `T` for server-side apply: the fields that its manager wants to own, with kind and apiVersion. */
export type ApplyPatch<T> = { readonly apiVersion: string; readonly kind: string } & (IsOpen<T> extends true
  ? Readonly<Record<string, unknown>>
  : ApplyPart<T>);

/** A change to an object of the type `T`, in one of four forms. `T` is any object by default. */
export type Patch<T = KubernetesObject> =
  /** RFC 6902, a sequence of operations. */
  | { readonly type: 'json'; readonly body: readonly JsonPatchOperation[] }
  /** RFC 7386, null removes a member. */
  | { readonly type: 'merge'; readonly body: MergePatch<T> }
  /** Kubernetes' own merge, which knows the keys of lists. Built-in resources only. */
  | { readonly type: 'strategic'; readonly body: StrategicMergePatch<T> }
  /** Server-side apply; `force` takes fields over from other managers. It needs a field manager. */
  | { readonly type: 'apply'; readonly body: ApplyPatch<T>; readonly force?: boolean | undefined };

// For a resource that is known by its name alone, only the metadata has a type.
type IsOpen<T> = 0 extends 1 & T ? true : [Exclude<keyof T, keyof KubernetesObject>] extends [never] ? true : false;

type MergePart<T> = unknown extends T
  ? unknown
  : T extends readonly unknown[]
    ? T
    : T extends object
      ? { readonly [Key in keyof T]?: MergePart<T[Key]> | null | undefined }
      : T;

type StrategicPart<T> = unknown extends T
  ? unknown
  : T extends readonly (infer Item)[]
    ? readonly StrategicPart<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]?: StrategicPart<T[Key]> | null | undefined } & DirectivesOf<T>
      : T;

// A map, such as labels, allows members of any name already.
type DirectivesOf<T> = string extends keyof T ? unknown : Directives;

// Source: apimachinery `util/strategicpatch/patch.go`.
interface Directives {
  readonly $patch?: 'replace' | 'merge' | 'delete';
  readonly $retainKeys?: readonly string[];
  readonly [list: `$deleteFromPrimitiveList/${string}`]: readonly unknown[];
  readonly [list: `$setElementOrder/${string}`]: readonly unknown[];
}

type ApplyPart<T> = unknown extends T
  ? unknown
  : T extends readonly (infer Item)[]
    ? readonly ApplyPart<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]?: ApplyPart<T[Key]> | undefined }
      : T;
