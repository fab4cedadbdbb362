import { parseFieldSelector } from '../../protocol/selectors/field-selector.ts';
import { requirementText } from '../../protocol/selectors/label-requirement.ts';
import { parseLabelSelector } from '../../protocol/selectors/label-selector.ts';
import { SelectorError } from '../../protocol/selectors/selector-error.ts';

/**
 * Returns the options with their selectors in a normal form. Order, repetition and blanks of the terms make no difference.
 * A selector that selects everything is left out. An invalid one stays as it is: the list refuses it.
 */
export function normalSelection(options: object): object {
  const { labelSelector, fieldSelector } = options as Readonly<Record<string, unknown>>;
  return {
    ...options,
    ...(typeof labelSelector === 'string' && { labelSelector: normal(labelSelector, labelTerms) }),
    ...(typeof fieldSelector === 'string' && { fieldSelector: normal(fieldSelector, fieldTerms) }),
  };
}

function normal(text: string, termsOf: (text: string) => readonly string[]): string | undefined {
  try {
    return [...new Set(termsOf(text))].sort().join(',') || undefined;
  } catch (error) {
    if (error instanceof SelectorError) return text;
    throw error;
  }
}

function labelTerms(text: string): string[] {
  return parseLabelSelector(text).requirements.map((each) =>
    requirementText(each.operator === '==' ? { ...each, operator: '=' } : each),
  );
}

function fieldTerms(text: string): string[] {
  return parseFieldSelector(text).terms.map((term) => JSON.stringify(term));
}
