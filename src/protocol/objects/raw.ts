/**
 * `T` as the server sends it, where `T` is one of client-node's models or a type like them. The wire differs from them:
 *
 * - everything is read-only, at every depth;
 * - `Date` and `V1MicroTime` are RFC 3339 strings, and what is typed `any` is `unknown`;
 * - fields that client-node renames have their wire names: {@link WireName};
 * - kind, apiVersion and `metadata.name`, `uid` and `resourceVersion` are required, as stored objects have them. The decoder
 *   guarantees the name, and that uid, version and namespace are strings or absent; null becomes absent. It does not guarantee
 *   a uid or a version: some aggregated APIs leave them out, and the answer to a dry run has no version.
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
 * The wire name of a field that client-node's models rename because it is a keyword or an operator of TypeScript. `ref` and
 * `schema` are renamed in JSON schemas only; another field shows that a type is one.
 */
export type WireName<Key, Siblings> = Key extends keyof WireNames
  ? WireNames[Key]
  : 'x_kubernetes_int_or_string' extends Siblings
    ? Key extends keyof JsonSchemaWireNames
      ? JsonSchemaWireNames[Key]
      : Key
    : Key;

/** The fields that are renamed wherever they occur. */
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

/** The fields that are renamed in `V1JSONSchemaProps` only. */
export interface JsonSchemaWireNames {
  readonly ref: '$ref';
  readonly schema: '$schema';
}
