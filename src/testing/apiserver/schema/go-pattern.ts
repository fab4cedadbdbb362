/** Classes that Go has a name for, and JavaScript has not. */
const namedClasses: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/**
 * A pattern of a schema, which is written for Go, as JavaScript's: with its flags at the start, `\A` and `\z`, and the names of
 * classes. What else differs is taken as JavaScript takes it.
 *
 * @throws SyntaxError for an invalid pattern.
 */
export function goPattern(pattern: string): RegExp {
  const [head = '', flags = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  const source = pattern
    .slice(head.length)
    .replaceAll('\\A', '(?<![^])')
    .replaceAll('\\z', '(?![^])')
    .replaceAll(/\[:(\^?)([a-z]+):\]/g, (text, negated: string, name: string) =>
      negated === '' && Object.hasOwn(namedClasses, name) ? (namedClasses[name] ?? text) : text,
    );
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    // Without the flag, an escape that is not needed, such as `\-`, is allowed.
    return new RegExp(source, flags);
  }
}
