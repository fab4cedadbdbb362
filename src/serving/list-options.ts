import { type FieldFault, invalid, refusal } from './failure-status.ts';
import type { CollectionQuery } from './collection-query.ts';

// The rules and the texts: apimachinery `apis/meta/internalversion/validation`, ValidateListOptions.

function forbidden(field: string, text: string): FieldFault {
  return { reason: 'FieldValueForbidden', field, message: `Forbidden: ${text}` };
}

function unsupportedMatch(match: string, supported: string): FieldFault {
  return {
    reason: 'FieldValueNotSupported',
    field: 'resourceVersionMatch',
    message: `Unsupported value: ${JSON.stringify(match)}: supported values: ${supported}`,
  };
}

function refuse(resource: string, faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw refusal(resource, invalid('ListOptions.meta.k8s.io', '', faults));
}

/**
 * @throws KubeError 422 if the parameters of a list do not go together.
 */
export function validateListOptions(resource: string, query: CollectionQuery): void {
  const { resourceVersion, resourceVersionMatch: match } = query;
  const faults: FieldFault[] = [];
  const refuseMatch = (text: string) => faults.push(forbidden('resourceVersionMatch', text));
  if (match !== '') {
    if (resourceVersion === '') refuseMatch('resourceVersionMatch is forbidden unless resourceVersion is provided');
    if (query.continue !== '') refuseMatch('resourceVersionMatch is forbidden when continue is provided');
    if (match !== 'Exact' && match !== 'NotOlderThan') {
      faults.push(unsupportedMatch(match, '"Exact", "NotOlderThan", ""'));
    }
    if (match === 'Exact' && resourceVersion === '0') {
      refuseMatch('resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
    }
  }
  if (query.sendInitialEvents !== undefined) {
    faults.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  }
  refuse(resource, faults);
}

/**
 * @param watchList True if the server knows streaming lists.
 * @throws KubeError 422 if the parameters of a watch do not go together.
 */
export function validateWatchOptions(resource: string, query: CollectionQuery, watchList: boolean): void {
  const { sendInitialEvents, resourceVersion } = query;
  const isSet = sendInitialEvents !== undefined;
  // Such a watch counts as a streaming list, because a default is filled in before the rules are applied.
  const isDefaulted =
    watchList && !isSet && query.resourceVersionMatch === '' && (resourceVersion === '' || resourceVersion === '0');
  const match = isDefaulted ? 'NotOlderThan' : query.resourceVersionMatch;
  const faults: FieldFault[] = [];
  const refuseMatch = (text: string) => faults.push(forbidden('resourceVersionMatch', text));
  if (isSet && match !== 'NotOlderThan') {
    refuseMatch('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
  }
  if (isSet && !watchList) {
    const text = 'sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled';
    faults.push(forbidden('sendInitialEvents', text));
  }
  if (match !== '') {
    if (!isSet && !isDefaulted) {
      refuseMatch('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided');
    }
    if (match !== 'NotOlderThan') faults.push(unsupportedMatch(match, '"NotOlderThan"'));
    if (query.continue !== '') refuseMatch('resourceVersionMatch is forbidden when continue is provided');
  }
  refuse(resource, faults);
}
