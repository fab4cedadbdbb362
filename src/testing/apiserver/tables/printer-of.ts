import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import type { ServedResource } from '../../../serving/served-resource.ts';
import { isJsonObject } from '../objects/json-object.ts';
import { clusterPrinters } from './cluster-printers.ts';
import { definitionPrinter } from './definition-printer.ts';
import { otherPrinters } from './other-printers.ts';
import { tablePrinter, type TablePrinter } from './table-printer.ts';
import { workloadPrinters } from './workload-printers.ts';

const printers: Readonly<Record<string, TablePrinter>> = { ...workloadPrinters, ...clusterPrinters, ...otherPrinters };

/** Of what a kube-apiserver shows by its time of creation. */
const byCreation = tablePrinter('Name|Created At@', (each) => [each.text('metadata.creationTimestamp')]);
const shownByCreation: ReadonlySet<string> = new Set([
  '/limitranges',
  'apiextensions.k8s.io/customresourcedefinitions',
  'rbac.authorization.k8s.io/clusterroles',
  'rbac.authorization.k8s.io/roles',
  'storage.k8s.io/csistoragecapacities',
]);

/** Of what has columns of its own in a kube-apiserver, but not here. */
const byAge = tablePrinter('Name|Age', (each) => [each.age()]);

/** How a resource is shown; `definition`: what defines it, of a custom resource. */
export function printerOf(
  { group, version, plural, builtIn }: ServedResource,
  definition: KubernetesObject | undefined,
): TablePrinter {
  const name = `${group}/${plural}`;
  if (builtIn) {
    const own = printers[`${group}/${version}/${plural}`] ?? printers[name];
    return own ?? (shownByCreation.has(name) ? byCreation : byAge);
  }
  const spec: unknown = definition === undefined ? undefined : Reflect.get(definition, 'spec');
  const versions = isJsonObject(spec) && Array.isArray(spec['versions']) ? spec['versions'].filter(isJsonObject) : [];
  return definitionPrinter(versions.find((each) => each['name'] === version)?.['additionalPrinterColumns']);
}
