import type { Conversion } from '../../../serving/converted-cache.ts';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { apiVersionOf, resourceWords, type ServedResource } from '../../../serving/served-resource.ts';
import { withProcessorMetric, withProcessorTarget } from './autoscaler-versions.ts';
import type { JsonObject } from './json-object.ts';

type Name = Pick<ServedResource, 'group' | 'version' | 'plural'>;

/** What members of events are called in `v1`, by what they are called in `events.k8s.io/v1`. */
const eventMembers: Readonly<Record<string, string>> = {
  regarding: 'involvedObject',
  note: 'message',
  deprecatedSource: 'source',
  deprecatedFirstTimestamp: 'firstTimestamp',
  deprecatedLastTimestamp: 'lastTimestamp',
  deprecatedCount: 'count',
  reportingController: 'reportingComponent',
};

function renamed(object: KubernetesObject, names: Readonly<Record<string, string>>): KubernetesObject {
  const entries = Object.entries(object).map(([name, value]) => [names[name] ?? name, value] as const);
  return Object.fromEntries(entries) as unknown as KubernetesObject;
}

const eventMembersOfCore: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(eventMembers).map(([name, core]) => [core, name]),
);

type Change = (object: KubernetesObject) => KubernetesObject;

function ofJson(change: (object: JsonObject) => JsonObject): Change {
  return (object) => change(object as unknown as JsonObject) as unknown as KubernetesObject;
}

/** What differs beside the apiVersion between built-in resources that share their objects. */
function builtInChanges({
  group,
  version,
  plural,
}: Name): { readonly read: Change; readonly store: Change } | undefined {
  if (plural === 'events' && group === 'events.k8s.io') {
    return {
      read: (object) => renamed(object, eventMembersOfCore),
      store: (object) => renamed(object, eventMembers),
    };
  }
  if (plural === 'horizontalpodautoscalers' && group === 'autoscaling' && version === 'v1') {
    return { read: ofJson(withProcessorTarget), store: ofJson(withProcessorMetric) };
  }
  return undefined;
}

/**
 * How objects that are stored as one resource are served as another one: under its apiVersion, and of built-in ones with the
 * members that it has. `undefined` where nothing differs.
 *
 * @param read - What is read of a stored object before that.
 */
export function conversionBetween(
  stored: Name,
  served: Name,
  read?: (object: JsonObject) => JsonObject,
): Conversion | undefined {
  const isSame = resourceWords(stored) === resourceWords(served);
  if (isSame && read === undefined) return undefined;
  const under = (apiVersion: string, object: KubernetesObject): KubernetesObject =>
    object.apiVersion === apiVersion ? object : { ...object, apiVersion };
  const changes = isSame ? undefined : builtInChanges(served);
  const known = read && ofJson(read);
  return {
    read: (object) => {
      const converted = known?.(object) ?? object;
      return under(apiVersionOf(served), changes?.read(converted) ?? converted);
    },
    store: (object) => under(apiVersionOf(stored), changes?.store(object) ?? object),
  };
}
