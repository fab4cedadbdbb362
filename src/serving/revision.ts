import { exactText } from '../protocol/numbers/json-text.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';

/**
 * One version of one object, with the JSON texts in which it is served. Each text is made once, when it is first
 * needed.
 */
export class Revision {
  /** `namespace/name`, or the name alone. */
  readonly key: string;
  readonly object: KubernetesObject;
  readonly version: bigint;
  #text: string | undefined;
  #metadataText: string | undefined;

  constructor(key: string, object: KubernetesObject, version: bigint) {
    this.key = key;
    this.object = object;
    this.version = version;
  }

  /** The whole object. */
  get text(): string {
    return (this.#text ??= exactText(this.object));
  }

  /** The object as a PartialObjectMetadata. */
  get metadataText(): string {
    return (this.#metadataText ??= `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":${exactText(this.object.metadata)}}`);
  }
}

/** The same content with another version, for a deletion or for an object that leaves a selector. */
export function restamped({ key, object }: Revision, version: bigint): Revision {
  const metadata = { ...object.metadata, resourceVersion: String(version) };
  return new Revision(key, { ...object, metadata }, version);
}
