import type { KubernetesObject } from 'kuberx';

/** A row of these specs. */
export interface Item extends KubernetesObject {
  readonly spec: { readonly rank: number | undefined; readonly text: string; readonly isOn: boolean };
}

export interface ItemInit {
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  readonly version?: number;
  readonly rank?: number | undefined;
  readonly text?: string;
  readonly isOn?: boolean;
}

/** An item in the namespace `default` whose label `on` says whether it is on. */
export function item({
  name,
  namespace = 'default',
  uid = `uid of ${name}`,
  version = 1,
  rank,
  text = '',
  isOn = true,
}: ItemInit): Item {
  return {
    apiVersion: 'v1',
    kind: 'Item',
    metadata: { namespace, name, uid, resourceVersion: String(version), labels: { on: String(isOn) } },
    spec: { rank, text, isOn },
  };
}

/** The names of rows, in their order. */
export function namesOf(rows: Iterable<KubernetesObject>): string {
  return Array.from(rows, ({ metadata }) => metadata.name).join(' ');
}
