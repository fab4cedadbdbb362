import type { TextReply } from './api-reply.ts';

/** How many characters all warnings have together before they are cut. Source: apiserver `endpoints/filters/warning.go`. */
const maxCharacters = 4 * 1024;

/** How many characters of each are left then. */
const maxCutCharacters = 256;

const control = /[\u0000-\u001f\u007f-\u009f]|\p{Cs}/u;

/** In the bytes of UTF-8, as a header is sent. */
function printed(text: string): string {
  const quoted = text.replaceAll(/["\\]/g, '\\$&');
  return Buffer.from(`299 - "${quoted}"`, 'utf8').toString('latin1');
}

/**
 * The header `Warning` of some warnings; `undefined` where there is none. Each is told once, one with a control character not at
 * all. Long ones are cut, and left out where there are too many, so that a client can read the head of its answer.
 */
export function warningHeader(warnings: readonly string[]): string | undefined {
  const texts = [...new Set(warnings)].filter((text) => text !== '' && !control.test(text));
  const lengthOf = (all: readonly string[]): number => all.reduce((sum, text) => sum + Array.from(text).length, 0);
  if (lengthOf(texts.slice(0, maxCharacters)) <= maxCharacters && texts.length <= maxCharacters) {
    return texts.length === 0 ? undefined : texts.map(printed).join(', ');
  }
  const cut: string[] = [];
  for (let written = 0; written < maxCharacters && cut.length < texts.length;) {
    const text = Array.from(texts[cut.length] ?? '').slice(0, maxCutCharacters);
    written += text.length;
    cut.push(text.join(''));
  }
  return cut.map(printed).join(', ');
}

/** An answer that warns. */
export function withWarnings(warnings: readonly string[], reply: TextReply): TextReply {
  const header = warningHeader(warnings);
  return header === undefined ? reply : { ...reply, headers: { ...reply.headers, Warning: header } };
}
