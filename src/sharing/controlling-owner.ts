/** A uid has 36 characters. A longer one would be kept for as many owners as are remembered. */
const longestUid = 64;

/** The uid of the controlling owner of an object: objects that have it in common are siblings. */
export function controllingOwner(object: object): string | undefined {
  const { metadata } = object as { metadata?: { ownerReferences?: unknown } | null };
  const owners = metadata?.ownerReferences;
  if (!Array.isArray(owners)) return undefined;
  const controller = (owners as readonly ({ uid?: unknown; controller?: unknown } | null)[]).find(
    (owner) => owner?.controller === true,
  );
  const uid = controller?.uid;
  return typeof uid === 'string' && uid.length <= longestUid ? uid : undefined;
}

/** The uid of the first owner in the text of an object. A wrong guess costs its caller time and nothing else. */
export function ownerInText(text: string): string | undefined {
  const owners = text.indexOf('"ownerReferences":[{');
  if (owners === -1) return undefined;
  const before = '"uid":"';
  const start = text.indexOf(before, owners) + before.length;
  const end = text.indexOf('"', start);
  return start < before.length || end - start > longestUid ? undefined : text.slice(start, end);
}
