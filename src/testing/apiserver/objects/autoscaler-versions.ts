import { isJsonObject, type JsonObject } from './json-object.ts';

function specOf(object: JsonObject): JsonObject {
  return isJsonObject(object['spec']) ? object['spec'] : {};
}

/** The use of the processor that a metric aims at, in percent; `undefined` of another metric. */
function processorTarget(metric: unknown): number | undefined {
  const { type, resource } = isJsonObject(metric) ? metric : {};
  const { name, target } = isJsonObject(resource) ? resource : {};
  const { type: aim, averageUtilization } = isJsonObject(target) ? target : {};
  const isMeant = type === 'Resource' && name === 'cpu' && aim === 'Utilization';
  return isMeant && typeof averageUtilization === 'number' ? averageUtilization : undefined;
}

/**
 * An autoscaler of `autoscaling/v2` as `autoscaling/v1` has it: with a number for the use of the processor. Other metrics stay as
 * they are; a kube-apiserver puts them into an annotation.
 *
 * Source: kubernetes `pkg/apis/autoscaling/v1/conversion.go`.
 */
export function withProcessorTarget(object: JsonObject): JsonObject {
  const { metrics, ...spec } = specOf(object);
  if (!Array.isArray(metrics)) return object;
  const all = metrics as readonly unknown[];
  const index = all.findIndex((metric) => processorTarget(metric) !== undefined);
  if (index < 0) return object;
  const others = all.filter((_metric, each) => each !== index);
  return {
    ...object,
    spec: {
      ...spec,
      targetCPUUtilizationPercentage: processorTarget(all[index]),
      ...(others.length > 0 && { metrics: others }),
    },
  };
}

/** An autoscaler of `autoscaling/v1` as `autoscaling/v2` has it: with a metric for the use of the processor. */
export function withProcessorMetric(object: JsonObject): JsonObject {
  const { targetCPUUtilizationPercentage: percent, metrics, ...spec } = specOf(object);
  if (typeof percent !== 'number') return object;
  const target = { type: 'Utilization', averageUtilization: percent };
  const metric = { type: 'Resource', resource: { name: 'cpu', target } };
  return { ...object, spec: { ...spec, metrics: [metric, ...(Array.isArray(metrics) ? (metrics as unknown[]) : [])] } };
}
