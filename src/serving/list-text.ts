import type { ServedPage } from './list.ts';
import type { Revision } from './revision.ts';
import { apiVersionOf, type ServedResource } from './served-resource.ts';

/** How objects are printed: `whole`, or their `metadata` only. */
export type ObjectForm = 'whole' | 'metadata';

/** The text of a revision that stands alone or in a watch event. */
export function objectText(revision: Revision, form: ObjectForm): string {
  return form === 'metadata' ? revision.metadataText : revision.text;
}

/** The number of items in a slice of a list: large enough to be quick, small enough to leave the turn to others. */
const sliceSize = 256;

function* itemSlices(revisions: readonly Revision[], text: (revision: Revision) => string): Iterable<string> {
  for (let start = 0; start < revisions.length; start += sliceSize) {
    const texts = revisions.slice(start, start + sliceSize).map(text);
    yield `${start > 0 ? ',' : ''}${texts.join(',')}`;
  }
}

/** The text of an item in a list of a built-in resource: without kind and apiVersion, which come first. */
function itemText(resource: ServedResource): (revision: Revision) => string {
  const lead = `{"kind":${JSON.stringify(resource.kind)},"apiVersion":${JSON.stringify(apiVersionOf(resource))},`;
  return ({ text }) => (text.startsWith(lead) ? `{${text.slice(lead.length)}` : text);
}

/**
 * Prints a page like a kube-apiserver, in slices that are made when they are drawn. A server prints lists of built-in
 * resources by typed encoders, and lists of custom resources with sorted keys. An empty list of metadata has `null` for
 * its items.
 */
export function* listText(resource: ServedResource, page: ServedPage, form: ObjectForm): Iterable<string> {
  const { revisions, continue: token, remainingItemCount: remaining } = page;
  const resourceVersion = String(page.version);
  if (form === 'whole' && !resource.builtIn) {
    const metadata = {
      continue: token ?? '',
      ...(remaining !== undefined && { remainingItemCount: remaining }),
      resourceVersion,
    };
    yield `{"apiVersion":${JSON.stringify(apiVersionOf(resource))},"items":[`;
    yield* itemSlices(revisions, (revision) => revision.text);
    yield `],"kind":${JSON.stringify(`${resource.kind}List`)},"metadata":${JSON.stringify(metadata)}}\n`;
    return;
  }
  const isPartial = form === 'metadata';
  const head = {
    kind: isPartial ? 'PartialObjectMetadataList' : `${resource.kind}List`,
    apiVersion: isPartial ? 'meta.k8s.io/v1' : apiVersionOf(resource),
    metadata: {
      resourceVersion,
      ...(token !== undefined && { continue: token }),
      ...(remaining !== undefined && { remainingItemCount: remaining }),
    },
  };
  yield `${JSON.stringify(head).slice(0, -1)},"items":`;
  if (isPartial && revisions.length === 0) {
    yield 'null}\n';
    return;
  }
  yield '[';
  yield* itemSlices(revisions, isPartial ? (revision) => revision.metadataText : itemText(resource));
  yield ']}\n';
}
