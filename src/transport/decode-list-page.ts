import { Observable, type OperatorFunction } from 'rxjs';
import type { ListPage } from '../protocol/list-page.ts';
import { isJsonRecord, type JsonRecord } from './json-record.ts';
import { ListParser } from './list-parser.ts';
import { isText, malformed, objectCheck, type ObjectRule } from './object-rule.ts';
import { type JsonParser, parseJson } from './sibling-parser.ts';

/**
 * One page of a list, from the texts of its body, on completion. Items get the kind and apiVersion that the server leaves
 * out of a built-in list, in the place where watch events have them, and are checked by {@link objectCheck}. `items: null`
 * is an empty list, `continue: ""` the last page.
 *
 * Items are parsed while the body comes, by {@link ListParser}, so that neither all of its text is kept nor a long turn
 * left for its end. Errors with the `KubeError` Malformed: what is not JSON, not a list of this resource, or has no
 * `metadata.resourceVersion`.
 */
export function decodeListPage<T>(
  rule: ObjectRule,
  parse: JsonParser = parseJson,
): OperatorFunction<string, ListPage<T>> {
  return (texts$) =>
    new Observable((subscriber) => {
      const parser = new ListParser(parse);
      return texts$.subscribe({
        next: (text) => parser.push(text),
        error: (error: unknown) => subscriber.error(error),
        complete: () => {
          let page: ListPage<T>;
          try {
            page = pageOf(parsedBy(parser, rule.resource), rule);
          } catch (error) {
            subscriber.error(error);
            return;
          }
          subscriber.next(page);
          subscriber.complete();
        },
      });
    });
}

function pageOf<T>(list: JsonRecord, rule: ObjectRule): ListPage<T> {
  if (list['apiVersion'] !== undefined && list['apiVersion'] !== rule.apiVersion) {
    throw malformed(rule.resource, `the server did not send a list of ${rule.apiVersion}`);
  }
  const metadata = isJsonRecord(list['metadata']) ? list['metadata'] : {};
  const { resourceVersion, continue: token, remainingItemCount } = metadata;
  if (!isText(resourceVersion)) throw malformed(rule.resource, 'the list has no metadata.resourceVersion');
  if (token !== undefined && typeof token !== 'string') {
    throw malformed(rule.resource, 'the list has a metadata.continue that is not text');
  }
  return {
    items: itemsOf<T>(list, rule),
    resourceVersion,
    ...(token ? { continue: token } : {}),
    ...(Number.isSafeInteger(remainingItemCount) && { remainingItemCount: remainingItemCount as number }),
  };
}

function parsedBy(parser: ListParser, resource: string): JsonRecord {
  let list: unknown;
  try {
    list = parser.end();
  } catch {
    // The parser's own message quotes the text, which may be a Secret.
    throw malformed(resource, 'the body of the list is not JSON');
  }
  if (!isJsonRecord(list)) throw malformed(resource, 'the body of the list is not an object');
  return list;
}

function itemsOf<T>(list: JsonRecord, rule: ObjectRule): T[] {
  const items = list['items'];
  if (items === null) return [];
  if (!Array.isArray(items)) throw malformed(rule.resource, 'the body has no items, so it is not a list');
  const check = objectCheck(rule);
  const kind = rule.kind ?? itemKind(list['kind']);
  return items.map((item: unknown, index) => {
    const whole = isJsonRecord(item) ? completed(item, rule.apiVersion, kind) : item;
    const problem = check(whole);
    if (problem !== undefined) throw malformed(rule.resource, `item ${index + 1} of the list ${problem}`);
    return whole as T;
  });
}

// A spread defines members, so an own `__proto__` of the item stays what it was: data.
function completed(item: JsonRecord, apiVersion: string, kind: string | undefined): JsonRecord {
  return item['kind'] !== undefined && item['apiVersion'] !== undefined ? item : { kind, apiVersion, ...item };
}

function itemKind(listKind: unknown): string | undefined {
  return isText(listKind) && listKind.endsWith('List') ? listKind.slice(0, -'List'.length) : undefined;
}
