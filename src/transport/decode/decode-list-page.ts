import { Observable, type OperatorFunction } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import type { Alive } from '../../protocol/lister-watcher.ts';
import type { ListPage } from '../../protocol/list-page.ts';
import { longestBody } from './body-texts.ts';
import { isJsonRecord, type JsonRecord } from './json-record.ts';
import { ListParser } from './list-parser.ts';
import { isText, malformed, type ObjectRule } from './object-rule.ts';
import { partialObject } from './partial-object.ts';
import { type JsonParser, parseJson } from '../../sharing/sibling-parser.ts';
import { takeItems, type TakenItems } from './take-items.ts';
import { withTypeOf } from './with-type-of.ts';

/** Options of {@link decodeListPage}. */
export interface DecodeListPageOptions {
  /**
   * The longest item, in bytes, and as much of a list that cannot be cut into items. A text counts by its characters, of
   * which it has no more than bytes. Default 256 MiB.
   */
  readonly maxItemBytes?: number | undefined;
  /** Hears of each part, and how many items have come; what it throws is the error. Default nobody. */
  readonly alive?: Alive | undefined;
  /** Parses an item. Default `JSON.parse`; see {@link siblingParser}. */
  readonly parse?: JsonParser | undefined;
}

/** Half of what a string can hold. A page of 500 objects as large as etcd takes them is longer, if it cannot be cut. */
const defaultMaxItemBytes = 256 * 1024 * 1024;

/**
 * One page of a list, from the texts of its body, on completion. Items get the kind and apiVersion that the server leaves
 * out of a built-in list, in the place where watch events have them. They are taken as they come, in whichever version and
 * kind; those that no cache can hold are left out and told of in `refused`, see {@link takeItems}. `items: null` is an empty
 * list, `continue: ""` the last page.
 *
 * Items are parsed while the body comes, by {@link ListParser}, so that neither all of its text is kept nor a long turn
 * left for its end. Errors with the `KubeError` Malformed: what is not JSON, not a list, or has no
 * `metadata.resourceVersion`. An item that is too long, or what cannot be cut into items, is TooLarge as soon as it is.
 */
export function decodeListPage<T>(
  rule: ObjectRule,
  { maxItemBytes = defaultMaxItemBytes, parse = parseJson, alive = () => undefined }: DecodeListPageOptions = {},
): OperatorFunction<string, ListPage<T>> {
  return (texts$) =>
    new Observable((subscriber) => {
      // Of a page of whole objects no more is kept than is wanted of them.
      const parseItem: JsonParser = rule.metadataOnly ? (text) => partialObject(parse(text)) : parse;
      const parser = new ListParser(parseItem, maxItemBytes);
      const guarded = (step: () => void) => {
        try {
          step();
        } catch (error) {
          subscriber.error(decodingError(error, rule.resource, maxItemBytes));
        }
      };
      return texts$.subscribe({
        next: (text) =>
          guarded(() => {
            parser.push(text);
            alive(parser.received);
          }),
        error: (error: unknown) => subscriber.error(error),
        complete: () => {
          guarded(() => {
            subscriber.next(pageOf<T>(parser.end(), rule));
            subscriber.complete();
          });
        },
      });
    });
}

function decodingError(error: unknown, resource: string, maxItemBytes: number): unknown {
  if (error instanceof RangeError) {
    const message =
      `an item of the list, or what cannot be cut into items, has more than ${Math.min(maxItemBytes, longestBody)} bytes: ` +
      'ask for smaller pages, or raise maxItemBytes';
    return new KubeError({ reason: 'TooLarge', resource, message });
  }
  // The parser's own message quotes the text, which may be a Secret.
  return error instanceof SyntaxError ? malformed(resource, 'the body of the list is not JSON') : error;
}

function pageOf<T>(list: unknown, rule: ObjectRule): ListPage<T> {
  if (!isJsonRecord(list)) throw malformed(rule.resource, 'the body of the list is not an object');
  const metadata = isJsonRecord(list['metadata']) ? list['metadata'] : {};
  const { resourceVersion, continue: token, remainingItemCount } = metadata;
  if (!isText(resourceVersion)) throw malformed(rule.resource, 'the list has no metadata.resourceVersion');
  if (token !== undefined && token !== null && typeof token !== 'string') {
    throw malformed(rule.resource, 'the list has a metadata.continue that is not text');
  }
  return {
    ...itemsOf<T>(list, rule),
    resourceVersion,
    ...(token ? { continue: token } : {}),
    ...(Number.isSafeInteger(remainingItemCount) && { remainingItemCount: remainingItemCount as number }),
  };
}

function itemsOf<T>(list: JsonRecord, rule: ObjectRule): TakenItems<T> {
  const items = list['items'];
  if (items === null) return { items: [] };
  if (!Array.isArray(items)) throw malformed(rule.resource, 'the body has no items, so it is not a list');
  const { metadataOnly } = rule;
  const apiVersion = isText(list['apiVersion']) ? list['apiVersion'] : rule.apiVersion;
  const described = withTypeOf({ apiVersion, kind: itemKind(list['kind']) ?? rule.kind });
  return takeItems(rule.resource, items.map(metadataOnly ? partialObject : described));
}

function itemKind(listKind: unknown): string | undefined {
  return isText(listKind) && listKind.endsWith('List') ? listKind.slice(0, -'List'.length) : undefined;
}
