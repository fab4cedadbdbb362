import { exactText } from '../../../protocol/numbers/json-text.ts';
import type { FieldFault } from '../../../serving/failure-status.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';

function part(struct: JsonObject, name: string): JsonObject {
  const value = struct[name];
  return isJsonObject(value) ? value : {};
}

function listOf(struct: JsonObject, name: string): readonly JsonObject[] {
  const value = struct[name];
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}

function required(field: string, why = ''): FieldFault {
  return { reason: 'FieldValueRequired', field, message: `Required value${why}` };
}

function invalidValue(field: string, value: unknown, why: string): FieldFault {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${exactText(value)}: ${why}` };
}

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const labelWords =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
  "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

function nameFaults(name: string, field: string, taken: Set<string>): FieldFault[] {
  if (name === '') return [required(field)];
  if (name.length > 63) return [invalidValue(field, name, 'must be no more than 63 characters')];
  if (!label.test(name)) return [invalidValue(field, name, labelWords)];
  if (taken.has(name))
    return [{ reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${exactText(name)}` }];
  taken.add(name);
  return [];
}

/** What is wrong with the containers of a pod: that there are any, that each has a name of its own and an image. */
function podFaults(spec: JsonObject, path: string): FieldFault[] {
  const taken = new Set<string>();
  const faultsOf = (list: string): FieldFault[] =>
    listOf(spec, list).flatMap(({ name, image }, index) => {
      const place = `${path}.${list}[${index}]`;
      return [
        ...nameFaults(typeof name === 'string' ? name : '', `${place}.name`, taken),
        ...(typeof image === 'string' && image !== '' ? [] : [required(`${place}.image`)]),
      ];
    });
  const isBare = listOf(spec, 'containers').length === 0;
  return [...(isBare ? [required(`${path}.containers`)] : faultsOf('containers')), ...faultsOf('initContainers')];
}

function selectorFaults(spec: JsonObject, kind: string): FieldFault[] {
  const { selector } = spec;
  const labels = part(part(spec['template'] as JsonObject, 'metadata'), 'labels');
  const wanted = isJsonObject(selector) ? part(selector, 'matchLabels') : {};
  const isFree = isJsonObject(selector) && listOf(selector, 'matchExpressions').length > 0;
  if (isJsonObject(selector) && Object.keys(wanted).length === 0 && !isFree) {
    return [invalidValue('spec.selector', {}, `empty selector is invalid for ${kind}`)];
  }
  const matches =
    isJsonObject(selector) &&
    Object.entries(wanted).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
  return [
    ...(isJsonObject(selector) ? [] : [required('spec.selector')]),
    ...(matches
      ? []
      : [invalidValue('spec.template.metadata.labels', labels, '`selector` does not match template `labels`')]),
  ];
}

function workloadFaults(kind: string): (content: JsonObject) => FieldFault[] {
  return (content) => {
    const spec = part(content, 'spec');
    const { replicas } = spec;
    const isNegative = typeof replicas === 'number' && replicas < 0;
    return [
      ...(isNegative ? [invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')] : []),
      ...selectorFaults({ ...spec, template: part(spec, 'template') }, kind),
      ...podFaults(part(part(spec, 'template'), 'spec'), 'spec.template.spec'),
    ];
  };
}

function jobFaults(spec: JsonObject, path: string): FieldFault[] {
  const pod = part(part(spec, 'template'), 'spec');
  const ends = ['OnFailure', 'Never'].includes(pod['restartPolicy'] as string);
  return [
    ...podFaults(pod, `${path}.template.spec`),
    ...(ends ? [] : [required(`${path}.template.spec.restartPolicy`, ': valid values: "OnFailure", "Never"')]),
  ];
}

function serviceFaults(content: JsonObject): FieldFault[] {
  const spec = part(content, 'spec');
  const isFree = spec['type'] === 'ExternalName' || spec['clusterIP'] === 'None';
  const list = listOf(spec, 'ports');
  if (list.length === 0) return isFree ? [] : [required('spec.ports')];
  return list.flatMap((port, index) =>
    ['port', 'targetPort']
      .filter((name) => typeof port[name] === 'number' && (port[name] < 1 || port[name] > 65_535))
      .map((name) =>
        invalidValue(`spec.ports[${index}].${name}`, port[name], 'must be between 1 and 65535, inclusive'),
      ),
  );
}

/**
 * What is wrong with objects of a resource, of what is got wrong most: containers, selectors, replicas and ports. Source:
 * kubernetes `pkg/apis/core/validation` and its neighbours, which know much more.
 */
export const builtInFaults: Readonly<Record<string, (content: JsonObject) => readonly FieldFault[]>> = {
  'v1/pods': (content) => podFaults(part(content, 'spec'), 'spec'),
  'v1/services': serviceFaults,
  'apps/v1/deployments': workloadFaults('deployment'),
  'apps/v1/replicasets': workloadFaults('replicaset'),
  'apps/v1/statefulsets': workloadFaults('statefulset'),
  'apps/v1/daemonsets': workloadFaults('daemonset'),
  'batch/v1/jobs': (content) => jobFaults(part(content, 'spec'), 'spec'),
  'batch/v1/cronjobs': (content) =>
    jobFaults(part(part(part(content, 'spec'), 'jobTemplate'), 'spec'), 'spec.jobTemplate.spec'),
};
