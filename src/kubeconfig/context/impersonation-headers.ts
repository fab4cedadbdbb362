import { isHeader } from '../../rest/config/is-header.ts';
import type { SentHeaders } from '../../rest/connection/sent-request.ts';
import type { KubeConfigUser } from '../file/entries.ts';
import { KubeConfigError } from '../kube-config-error.ts';
import { quoted } from './used-context.ts';

/**
 * The headers by which a user acts as another: name, uid, groups, one line each, and extras. Throws a `KubeConfigError` where
 * there is all but the name, as kubectl does, or where a value can be no header.
 */
export function impersonationHeaders(userName: string, user: KubeConfigUser): SentHeaders {
  const { as, 'as-uid': uid, 'as-groups': groups = [], 'as-user-extra': extra = {} } = user;
  const invalid = (what: string): KubeConfigError =>
    new KubeConfigError('Impersonation', `the user ${quoted(userName)} ${what}.`);
  if (as === undefined) {
    if (uid === undefined && groups.length === 0 && Object.keys(extra).length === 0) return {};
    throw invalid('has as-uid, as-groups or as-user-extra without as, the name of the user that is meant');
  }
  const headers: SentHeaders = {
    'impersonate-user': bytesOf(as),
    ...(uid !== undefined && { 'impersonate-uid': bytesOf(uid) }),
    ...(groups.length > 0 && { 'impersonate-group': groups.map(bytesOf) }),
    ...Object.fromEntries(
      Object.entries(extra)
        .filter(([, values]) => values.length > 0)
        .map(([key, values]) => [`impersonate-extra-${escaped(key)}`, values.map(bytesOf)]),
    ),
  };
  const isSent = Object.values(headers).flat().every((value) => isHeader(value) && value.trim() === value); // prettier-ignore
  if (!isSent) throw invalid('acts as somebody whose name, uid, groups or extras can be no header');
  return headers;
}

// Node writes a header as Latin-1, and Go reads it as UTF-8.
function bytesOf(value: string): string {
  return Buffer.from(value).toString('latin1');
}

// What no name of a header can have, and the sign of an escape. Source: client-go, transport, headerKeyEscape.
function escaped(key: string): string {
  const encode = (character: string): string =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  return key.replaceAll(/[^A-Za-z\d!#$&'*+.^_`|~-]/gu, encode).toLowerCase();
}
