import { type FieldSelector, parseFieldSelector } from '../protocol/selectors/field-selector.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { type LabelSelector, parseLabelSelector } from '../protocol/selectors/label-selector.ts';
import { SelectorError } from '../protocol/selectors/selector-error.ts';
import { badRequest, refusal } from './failure-status.ts';
import { fieldValue } from './field-value.ts';
import { metadataFields, resourceWords, type ServedResource } from './served-resource.ts';

/** The objects of a resource that a request selects. */
export class Selection {
  readonly namespace: string | undefined;
  readonly #labels: LabelSelector;
  readonly #fields: FieldSelector;
  readonly #defaults: Readonly<Record<string, string>>;

  constructor(
    namespace: string | undefined,
    labels: LabelSelector,
    fields: FieldSelector,
    defaults: Readonly<Record<string, string>>,
  ) {
    this.namespace = namespace;
    this.#labels = labels;
    this.#fields = fields;
    this.#defaults = defaults;
  }

  /** True if no selector narrows the namespace. */
  get unfiltered(): boolean {
    return this.#labels.empty && this.#fields.empty;
  }

  /**
   * @throws KubeError 400 with the server's text for a field that the resource cannot be selected by.
   */
  checkFields(resource: ServedResource): void {
    const unknown = this.#fields.terms.find(({ field }) => !Object.hasOwn(resource.fields, field));
    if (unknown) throw refusal(resourceWords(resource), badRequest(unknownField(unknown.field, resource)));
  }

  matches(object: KubernetesObject): boolean {
    return (
      (this.namespace === undefined || object.metadata.namespace === this.namespace) &&
      this.#labels.matches(object.metadata.labels) &&
      this.#fields.matches((field) => fieldValue(object, field, this.#defaults[field] ?? ''))
    );
  }
}

function unknownField(field: string, { fields }: ServedResource): string {
  const names = Object.keys(fields);
  // A resource without selectable fields of its own follows the common rule, which has its own text.
  return names.every((name) => Object.hasOwn(metadataFields, name))
    ? `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`
    : `field label not supported: ${field}`;
}

/**
 * The selection of a request's selectors. The fields of the resource are checked later, as in a server.
 *
 * @throws KubeError 400 with the server's text for an invalid selector.
 */
export function parseSelection(
  resource: ServedResource,
  namespace: string | undefined,
  labelSelector: string,
  fieldSelector: string,
): Selection {
  try {
    const labels = parseLabelSelector(labelSelector);
    return new Selection(namespace, labels, parseFieldSelector(fieldSelector), resource.fields);
  } catch (error) {
    throw error instanceof SelectorError ? refusal(resourceWords(resource), badRequest(error.message)) : error;
  }
}
