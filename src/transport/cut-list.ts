import { isJsonRecord, type JsonRecord } from './json-record.ts';

/** A list of which most items are texts still. */
export interface CutList {
  /** The texts of the first items. Where one of them is not one JSON value, the list was cut at a wrong place. */
  readonly texts: readonly string[];
  /** The items after those. */
  readonly last: readonly unknown[];
  /** The list, but for its items. */
  readonly list: JsonRecord;
}

const itemsStart = '"items":[';
const metadataStart = '"metadata":{';
/** In a list of a built-in resource an item opens with its metadata, in others kind and apiVersion come before. */
const longestOpening = 512;
// It stands for the items that were cut out.
const mark = '"the items that kuberx has cut out"';

/**
 * Cuts the text of a list into those of its items: at each place where something opens as the first item does, up to its
 * metadata. `undefined` where there is no such place, or a wrong one.
 *
 * What is cut out is replaced by a mark before the rest is parsed. If the mark is then the first of the items, it stands
 * where items stand; so if each text is one JSON value, they are the items, and the whole is what `JSON.parse` gives.
 */
export function cutList(body: string): CutList | undefined {
  const found = body.indexOf(itemsStart);
  const start = found + itemsStart.length;
  const metadata = body.indexOf(metadataStart, start);
  const opening = body.slice(start, metadata + metadataStart.length);
  if (found === -1 || metadata === -1 || opening.length > longestOpening || !opening.startsWith('{')) return undefined;
  const texts: string[] = [];
  const seam = `},${opening}`;
  let from = start;
  for (let at = body.indexOf(seam, from); at !== -1; at = body.indexOf(seam, from)) {
    texts.push(body.slice(from, at + 1));
    from = at + 2;
  }
  const [head, rest] = [body.slice(0, start), body.slice(from)];
  if (texts.length === 0 || head.includes(mark) || rest.includes(mark)) return undefined;
  const list = parsed(`${head}${mark},${rest}`);
  if (!isJsonRecord(list) || !Array.isArray(list['items'])) return undefined;
  const [first, ...last] = list['items'] as readonly unknown[];
  return first === JSON.parse(mark) ? { texts, last, list } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
