import { parseInt64 } from '../protocol/parse-int64.ts';
import { badRequest, refusal } from './failure-status.ts';
import { parseSelection, type Selection } from './selection.ts';
import { resourceWords, type ServedResource } from './served-resource.ts';

/** The parameters of a list or watch request, each read by itself; what may go with what is the verb's matter. */
export interface CollectionQuery {
  readonly selection: Selection;
  /** Empty where it is not set. */
  readonly resourceVersion: string;
  /** As it came, empty where it is not set: only some values are allowed. */
  readonly resourceVersionMatch: string;
  /** The token of the page before, empty where it is not set. */
  readonly continue: string;
  /** Zero and less: no limit. */
  readonly limit: number;
  readonly sendInitialEvents: boolean | undefined;
  readonly allowWatchBookmarks: boolean;
  readonly timeoutSeconds: number | undefined;
}

/** A boolean parameter: `false` and `0` are false, anything else that is set is true. */
export function booleanParameter(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  return text === null ? undefined : text !== 'false' && text !== '0';
}

function integerParameter(query: URLSearchParams, name: string, resource: ServedResource): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const fault = !/^[+-]?[0-9]+$/.test(text)
    ? 'invalid syntax'
    : parseInt64(text) !== undefined
      ? undefined
      : 'value out of range';
  if (fault === undefined) return Number(text);
  throw refusal(resourceWords(resource), badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: ${fault}`));
}

/**
 * Reads the parameters of a list or watch, in the order in which a server complains of them.
 *
 * @throws KubeError 400 with the server's text for a number or a selector that cannot be read.
 */
export function parseCollectionQuery(
  resource: ServedResource,
  namespace: string | undefined,
  query: URLSearchParams,
): CollectionQuery {
  return {
    timeoutSeconds: integerParameter(query, 'timeoutSeconds', resource),
    limit: integerParameter(query, 'limit', resource) ?? 0,
    selection: parseSelection(resource, namespace, query.get('labelSelector') ?? '', query.get('fieldSelector') ?? ''),
    resourceVersion: query.get('resourceVersion') ?? '',
    resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
    continue: query.get('continue') ?? '',
    sendInitialEvents: booleanParameter(query, 'sendInitialEvents'),
    allowWatchBookmarks: booleanParameter(query, 'allowWatchBookmarks') ?? false,
  };
}
