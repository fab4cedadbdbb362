import type { ServedPage } from './list.ts';
import type { Revision } from './revision.ts';
import { apiVersionOf, type ServedResource } from './served-resource.ts';

/** How objects are printed: `whole`, or their `metadata` only. */
export type ObjectForm = 'whole' | 'metadata';

/** The text of a revision that stands alone or in a watch event. */
export function objectText(revision: Revision, form: ObjectForm): string {
  return form === 'metadata' ? revision.metadataText : revision.text;
}

/** The length from which a slice of a list is ready, in UTF-16 units: V8 makes much longer texts slowly, item by item too. */
const sliceLength = 64 * 1024;

function* itemSlices(revisions: readonly Revision[], text: (revision: Revision) => string): Iterable<string> {
  let items: string[] = [];
  let length = 0;
  for (const revision of revisions) {
    const item = text(revision);
    items.push(item);
    length += item.length + 1;
    if (length < sliceLength) continue;
    yield items.join(',');
    // The next slice then begins with a comma.
    items = [''];
    length = 0;
  }
  if (length > 0) yield items.join(',');
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
