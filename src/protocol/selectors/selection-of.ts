import type { Selectors } from '../collection-options.ts';
import type { KubernetesObject } from '../objects/kubernetes-object.ts';
import { type FieldSelector, type FieldTerm, parseFieldSelector } from './field-selector.ts';
import { type LabelSelector, parseLabelSelector } from './label-selector.ts';
import { SelectorError } from './selector-error.ts';

/** Whether an object is selected; `undefined` where the server alone can tell. */
export type Selects = (object: KubernetesObject) => boolean | undefined;

/**
 * Returns what selectors say of an object. Labels, the name and the namespace are looked at; of other fields only the server
 * knows what one that is missing counts for, so that they are not decided here. Nor is a selector that cannot be read.
 */
export function selectionOf({ labelSelector = '', fieldSelector = '' }: Selectors): Selects {
  let labels: LabelSelector | undefined;
  let fields: FieldSelector | undefined;
  return (object) => {
    try {
      labels ??= parseLabelSelector(labelSelector);
      fields ??= parseFieldSelector(fieldSelector);
    } catch (error) {
      if (error instanceof SelectorError) return undefined;
      throw error;
    }
    const { metadata } = object;
    if (!labels.matches(metadata.labels)) return false;
    const told = fields.terms.map((term) => isMet(term, metadata));
    return told.includes(false) ? false : told.includes(undefined) ? undefined : true;
  };
}

function isMet({ field, operator, value }: FieldTerm, metadata: KubernetesObject['metadata']): boolean | undefined {
  if (field !== 'metadata.name' && field !== 'metadata.namespace') return undefined;
  const actual = (field === 'metadata.name' ? metadata.name : metadata.namespace) ?? '';
  return (actual === value) === (operator === '=');
}
