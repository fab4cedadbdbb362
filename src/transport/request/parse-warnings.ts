/** A value of a `Warning` header, RFC 7234. */
export interface Warning {
  /** Three digits; a kube-apiserver sends 299. */
  readonly code: number;
  /** The agent that warns; a kube-apiserver sends `-`. */
  readonly agent: string;
  readonly text: string;
}

/** The longest header that is read as warnings. Servers keep all of theirs below 4 KiB (apiserver `warnings.go`). */
const longestHeader = 64 * 1024;

/**
 * The warnings of a `Warning` header, read as client-go reads them: `code agent "text"`, with or without a date,
 * separated by commas, which `fetch` and Node put between the headers that a server sends one by one. Drops a text with
 * control characters, and everything after a part that cannot be read. Source: apimachinery `util/net/http.go`,
 * ParseWarningHeader; that function also decodes RFC 2047, which no current server writes.
 */
export function parseWarnings(header: string): Warning[] {
  const found: Warning[] = [];
  // Reads on while each match begins at the end of the last one.
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
