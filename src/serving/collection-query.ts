import { parseInt64 } from '../protocol/parse-int64.ts';
import { badRequest, refusal } from './failure-status.ts';
import { parseSelection, type Selection } from './selection.ts';
import { resourceWords, type ServedResource } from './served-resource.ts';

/** The parameters of a list or watch request, each read by itself. The verbs check which may go together. */
export interface CollectionQuery {
  readonly selection: Selection;
  /** Empty if it is not set. */
  readonly resourceVersion: string;
  /** As it came; only some values are allowed. Empty if it is not set. */
  readonly resourceVersionMatch: string;
  /** The token of the previous page. Empty if it is not set. */
  readonly continue: string;
  /** No limit if it is zero or less. */
  readonly limit: number;
  readonly sendInitialEvents: boolean | undefined;
  readonly allowWatchBookmarks: boolean;
  readonly timeoutSeconds: number | undefined;
}

/** A boolean parameter: `false` and `0` are false, any other set value is true. */
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
 * Reads the parameters of a list or watch, in the order in which a server complains about them.
 *
 * @throws KubeError 400 with the server's text for an invalid number or selector.
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
