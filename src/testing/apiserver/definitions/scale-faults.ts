import type { FieldFault } from '../../../serving/failure-status.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import type { ScalePaths } from '../requests/scale.ts';
import { invalidFault } from '../schema/field-fault.ts';

/** Source: Go's `math.MaxInt32`. */
const mostReplicas = 2 ** 31 - 1;

function replicasFaults(object: JsonObject, path: readonly string[]): FieldFault[] {
  const value = path.reduce<unknown>((each, step) => (isJsonObject(each) ? each[step] : undefined), object);
  const field = `.${path.join('.')}`;
  if (typeof value !== 'number') return [];
  if (value < 0) return [invalidFault(field, value, 'should be a non-negative integer')];
  return value > mostReplicas ? [invalidFault(field, value, `should be less than or equal to ${mostReplicas}`)] : [];
}

/** Numbers of replicas that no scale can have. Source: apiextensions-apiserver `registry/customresource/validator.go`. */
export function scaleFaults(
  object: JsonObject,
  { specReplicas, statusReplicas }: ScalePaths,
  ofStatus: boolean,
): FieldFault[] {
  return [...(ofStatus ? [] : replicasFaults(object, specReplicas)), ...replicasFaults(object, statusReplicas)];
}
