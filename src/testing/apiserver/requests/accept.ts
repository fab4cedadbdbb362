import type { ObjectForm } from '../../../serving/list-text.ts';
import { refusal } from '../../../serving/failure-status.ts';
import { notAcceptable } from './refusals.ts';

/** How objects are to be printed, and in which form they were asked for by name. */
export interface AcceptedForm {
  readonly form: ObjectForm;
  /** `PartialObjectMetadata` for one object and for watches, `PartialObjectMetadataList` for lists; `Table` for all of them. */
  readonly as: 'PartialObjectMetadata' | 'PartialObjectMetadataList' | 'Table' | undefined;
}

const nothingAcceptable =
  '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, ' +
  'application/vnd.kubernetes.protobuf, application/json;stream=watch, ' +
  'application/vnd.kubernetes.protobuf;stream=watch';

const jsonTypes = new Set(['application/json', 'application/*', '*/*']);

function acceptedRange(range: string): AcceptedForm | undefined {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
  if (!jsonTypes.has(type)) return undefined;
  const as = parameters.find((parameter) => parameter.startsWith('as='))?.slice(3);
  if (as === undefined) return { form: 'whole', as };
  const isKnown = parameters.includes('g=meta.k8s.io') && parameters.includes('v=v1');
  if (isKnown && as === 'Table') return { form: 'whole', as };
  if (!isKnown || (as !== 'PartialObjectMetadata' && as !== 'PartialObjectMetadataList')) return undefined;
  return { form: 'metadata', as };
}

/**
 * The first of the accepted forms that the server can print; without a header, whole objects. YAML and protobuf are
 * passed over.
 *
 * @throws KubeError 406 where none can be printed.
 */
export function acceptedForm(accept: string | undefined, resource: string): AcceptedForm {
  if (accept === undefined || accept === '') return { form: 'whole', as: undefined };
  for (const range of accept.split(',')) {
    const accepted = acceptedRange(range);
    if (accepted !== undefined) return accepted;
  }
  throw refusal(resource, notAcceptable(nothingAcceptable));
}
