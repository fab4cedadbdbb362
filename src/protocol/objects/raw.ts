/**
 * `T` as the server sends it. `T` is one of client-node's models or a type like them; what differs on the wire:
 *
 * - everything is read-only, at every depth;
 * - `Date` and `V1MicroTime` are RFC 3339 strings, and what is typed `any` is `unknown`;
 * - fields that client-node renames have their wire names: {@link WireName};
 * - kind, apiVersion and `metadata.name`, `uid` and `resourceVersion` are there, as in every object that is stored. The
 *   decoder sees to the name, and that a uid, a version and a namespace are text or absent: null is absent. The others are
 *   taken as they come: some aggregated APIs leave out a uid or a version, the answer to a dry run has no version.
 */
export type Raw<T> = RawValue<T> & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly uid: string; readonly resourceVersion: string };
};

/** A part of an object, at any depth, as the server sends it: {@link Raw} without its required fields. */
export type RawValue<T> = 0 extends 1 & T
  ? unknown
  : T extends Date
    ? string
    : T extends readonly (infer Item)[]
      ? readonly RawValue<Item>[]
      : T extends object
        ? { readonly [Key in keyof T as WireName<Key, keyof T>]: RawValue<T[Key]> }
        : T;

/**
 * The wire name of a field that client-node's models rename, because it is a word or an operator of TypeScript. `ref` and
 * `schema` are renamed in JSON schemas only, which are known by another of their fields.
 */
export type WireName<Key, Siblings> = Key extends keyof WireNames
  ? WireNames[Key]
  : 'x_kubernetes_int_or_string' extends Siblings
    ? Key extends keyof JsonSchemaWireNames
      ? JsonSchemaWireNames[Key]
      : Key
    : Key;

/** Renamed wherever they occur. */
export interface WireNames {
  readonly _continue: 'continue';
  readonly _default: 'default';
  readonly _enum: 'enum';
  readonly _from: 'from';
  readonly _int: 'int';
  readonly x_kubernetes_embedded_resource: 'x-kubernetes-embedded-resource';
  readonly x_kubernetes_int_or_string: 'x-kubernetes-int-or-string';
  readonly x_kubernetes_list_map_keys: 'x-kubernetes-list-map-keys';
  readonly x_kubernetes_list_type: 'x-kubernetes-list-type';
  readonly x_kubernetes_map_type: 'x-kubernetes-map-type';
  readonly x_kubernetes_preserve_unknown_fields: 'x-kubernetes-preserve-unknown-fields';
  readonly x_kubernetes_validations: 'x-kubernetes-validations';
}

/** Renamed in `V1JSONSchemaProps`. */
export interface JsonSchemaWireNames {
  readonly ref: '$ref';
  readonly schema: '$schema';
}
