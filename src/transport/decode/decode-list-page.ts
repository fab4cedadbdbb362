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
   * The longest item in bytes, and the longest rest of a list that cannot be cut into items. A text counts by its
   * characters, which are never more than its bytes. Default 256 MiB.
   */
  readonly maxItemBytes?: number | undefined;
  /**
   * Called for each part, with the number of items that have come. An error that it throws is the error of the page.
   * Default none.
   */
  readonly alive?: Alive | undefined;
  /** Parses an item. Default `JSON.parse`; see {@link siblingParser}. */
  readonly parse?: JsonParser | undefined;
  /** Parses what cannot be cut into items. Default `JSON.parse`. */
  readonly parseWhole?: JsonParser | undefined;
}

/**
 * Half of the longest string. A page of 500 objects that are as large as etcd takes them is longer if it cannot be cut.
 */
const defaultMaxItemBytes = 256 * 1024 * 1024;

/**
 * Decodes one page of a list from the texts of its body, and emits it when they complete. Items get the kind and
 * apiVersion that the server leaves out of a built-in list, at the place where watch events have them. Items may be of
 * any version and kind. Items that no cache can hold are left out and named in `refused`, see {@link takeItems}.
 * `items: null` is an empty list, `continue: ""` the last page. Without a `metadata.resourceVersion` the version is empty.
 *
 * Items are parsed by {@link ListParser} while the body comes. So the whole text is never held, and no long turn is
 * left for the end. Errors with the `KubeError` Malformed if the body is invalid JSON, is not a list, or has a
 * `metadata.resourceVersion` that is not text. Errors with TooLarge as soon as an item, or a list that cannot be cut into items, is too
 * long.
 */
export function decodeListPage<T>(
  rule: ObjectRule,
  {
    maxItemBytes = defaultMaxItemBytes,
    parse = parseJson,
    parseWhole = parseJson,
    alive = () => undefined,
  }: DecodeListPageOptions = {},
): OperatorFunction<string, ListPage<T>> {
  return (texts$) =>
    new Observable((subscriber) => {
      // If only metadata is wanted, the rest of each item is dropped at once, so that the page holds no whole objects.
      const parseItem: JsonParser = rule.metadataOnly ? (text) => partialObject(parse(text)) : parse;
      const parser = new ListParser(parseItem, maxItemBytes, parseWhole);
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
  // The message of JSON.parse quotes the text, which may be a Secret.
  return error instanceof SyntaxError ? malformed(resource, 'the body of the list is not JSON') : error;
}

function pageOf<T>(list: unknown, rule: ObjectRule): ListPage<T> {
  if (!isJsonRecord(list)) throw malformed(rule.resource, 'the body of the list is not an object');
  const metadata = isJsonRecord(list['metadata']) ? list['metadata'] : {};
  const { resourceVersion, continue: token, remainingItemCount } = metadata;
  if (resourceVersion !== undefined && resourceVersion !== null && typeof resourceVersion !== 'string') {
    throw malformed(rule.resource, 'the list has a metadata.resourceVersion that is not text');
  }
  if (token !== undefined && token !== null && typeof token !== 'string') {
    throw malformed(rule.resource, 'the list has a metadata.continue that is not text');
  }
  return {
    ...itemsOf<T>(list, rule),
    resourceVersion: resourceVersion ?? '',
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
