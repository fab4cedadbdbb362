/** A value of a `Warning` header, RFC 7234. */
export interface Warning {
  /** Three digits; a kube-apiserver sends 299. */
  readonly code: number;
  /** Who warns; a kube-apiserver sends `-`. */
  readonly agent: string;
  readonly text: string;
}

/** A header that is longer is no warning: servers keep all of theirs below 4 KiB (apiserver `warnings.go`). */
const longestHeader = 64 * 1024;

/**
 * The warnings of a `Warning` header, as client-go reads them: `code agent "text"`, with a date or without, separated by
 * commas, which `fetch` and Node put between the headers that a server sends apart. What follows a part that cannot be read
 * is left out, as is a text with control characters. Source: apimachinery `util/net/http.go`, ParseWarningHeader; that
 * decodes RFC 2047 too, which no server of this time writes.
 */
export function parseWarnings(header: string): Warning[] {
  const found: Warning[] = [];
  // As long as a match follows the last one.
  const one = /\s*(\d{3}) ([^ ]+) "((?:[^"\\]|\\[^])*)"(?: ?"[^"]*")?\s*(,|$)/y;
  const given = header.length > longestHeader ? '' : utf8Of(header);
  while (one.lastIndex < given.length) {
    const [, code = '', agent = '', text = ''] = one.exec(given) ?? [];
    if (code === '') break;
    const warning: Warning = { code: Number(code), agent, text: text.replaceAll(/\\([^])/g, '$1') };
    if (!/\p{Cc}/u.test(warning.agent + warning.text)) found.push(warning);
  }
  return found;
}

/** Platforms give the bytes of a header as characters; servers write UTF-8. */
function utf8Of(header: string): string {
  if (!/[\u0080-\u00ff]/.test(header) || /[^\0-\u00ff]/.test(header)) return header;
  const bytes = Uint8Array.from(header, (character) => character.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return header;
  }
}
