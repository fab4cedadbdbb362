import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHead } from './request-service.ts';
import { booleanParameter } from '../../../serving/collection-query.ts';
import { parseResourcePath, type ResourcePath } from './resource-path.ts';

/** What a request does to its resource. */
export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** A request as the server has understood it. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** `undefined` where the path names no resource. */
  readonly target: ResourcePath | undefined;
  /** `undefined` where the method makes no sense for the path. */
  readonly verb: Verb | undefined;
}

function verbOf(method: string, target: ResourcePath, query: URLSearchParams): Verb | undefined {
  const isObject = target.name !== undefined;
  switch (method) {
    case 'GET':
      return isObject ? 'get' : booleanParameter(query, 'watch') === true ? 'watch' : 'list';
    case 'POST':
      return isObject && target.subresource === undefined ? undefined : 'create';
    case 'PUT':
      return isObject ? 'update' : undefined;
    case 'PATCH':
      return isObject ? 'patch' : undefined;
    case 'DELETE':
      return isObject ? 'delete' : 'deletecollection';
    default:
      return undefined;
  }
}

/** A path that a URL leaves as it is: no part of it is encoded, empty, or `.` or `..`. */
const plainPath = /^(?:\/[\w-][\w.:-]*)+$/;

function locationOf(url: string): { readonly path: string; readonly query: URLSearchParams } {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  // A URL object costs more than all else that is done here.
  if (plainPath.test(path) && !url.includes('#')) {
    return { path, query: new URLSearchParams(mark < 0 ? undefined : url.slice(mark + 1)) };
  }
  const { pathname, searchParams } = new URL(`http://apiserver${url}`);
  return { path: pathname, query: searchParams };
}

/** Reads method, path and parameters. */
export function parseApiRequest({ method = 'GET', url = '/', headers }: RequestHead): ApiRequest {
  const { path, query } = locationOf(url);
  const target = parseResourcePath(path);
  return { method, path, query, headers, target, verb: target && verbOf(method, target, query) };
}
