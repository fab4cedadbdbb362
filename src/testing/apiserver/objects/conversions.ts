import type { Conversion } from '../../../serving/converted-cache.ts';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { apiVersionOf, resourceWords, type ServedResource } from '../../../serving/served-resource.ts';
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

/**
 * How objects that are stored as one resource are served as another one: under its apiVersion, and events with the names of their
 * members there. Members that one version alone has are served as they are stored. `undefined` where nothing differs.
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
  const isEvents = !isSame && served.plural === 'events' && served.group === 'events.k8s.io';
  return {
    read: (object) => {
      const known =
        read === undefined ? object : (read(object as unknown as JsonObject) as unknown as KubernetesObject);
      return under(apiVersionOf(served), isEvents ? renamed(known, eventMembersOfCore) : known);
    },
    store: (object) => under(apiVersionOf(stored), isEvents ? renamed(object, eventMembers) : object),
  };
}
