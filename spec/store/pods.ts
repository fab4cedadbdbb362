import type { KubernetesObject, ObjectMeta } from '#src/protocol/objects/kubernetes-object.ts';

export interface Pod extends KubernetesObject {
  readonly spec?: { readonly nodeName?: string };
}

interface PodInit {
  readonly version?: string | number;
  readonly uid?: string;
  readonly node?: string;
  readonly namespace?: string;
  readonly metadata?: Partial<ObjectMeta>;
}

/** A new pod in `default`; without `uid` it has `uid of <name>`, with an empty one it has none. */
export function pod(name: string, { version, uid, node, namespace = 'default', metadata }: PodInit = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      ...(uid === '' ? {} : { uid: uid ?? `uid of ${name}` }),
      ...(version === undefined ? {} : { resourceVersion: String(version) }),
      ...metadata,
    },
    ...(node === undefined ? {} : { spec: { nodeName: node } }),
  };
}

export const byNode = (object: Pod): readonly string[] => (object.spec?.nodeName ? [object.spec.nodeName] : []);

/** Values in an order that can be compared. */
export function names(objects: readonly Pod[]): string[] {
  return objects.map((object) => object.metadata.name).sort();
}

/** `byNode` that throws for pods of the node `bad`. */
export const byGoodNode = (object: Pod): readonly string[] => {
  if (object.spec?.nodeName === 'bad') throw new Error('a bad node');
  return byNode(object);
};
