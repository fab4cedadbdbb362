import { printable } from 'kuberx';
import { builtInByName, builtInByWord, type BuiltInName, parseResource, ResourceSyntaxError } from 'kuberx/http';
import { StartError } from '../start-error.ts';

/** A word for a resource that only the server knows: `widgets`, `widgets.example.com`, `widgets.v1.example.com`. */
export interface ResourceWord {
  readonly word: string;
  readonly group?: string;
  readonly version?: string;
}

/** A full name whose scope only the server knows: `example.com/v1/widgets`. */
export interface ResourceName {
  readonly name: string;
}

/** What an argument says of a resource, before the server is asked. */
export type WantedResource = BuiltInName | ResourceName | ResourceWord;

/** How a resource can be written besides its full name, as errors say it. */
export const resourceWords = 'Names as kubectl takes them work as well: "pods", "po", "deploy", "widgets.example.com".';

// A part between the dots of a name, by RFC 1123.
const isLabel = (part: string): boolean => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(part);

/**
 * The resource that an argument of the command line means, in any way that kubectl takes it.
 *
 * @throws StartError in one line where it cannot be one, with the ways to write it.
 */
export function wantedResource(text: string): WantedResource {
  const word = text.toLowerCase();
  if (text.includes('/')) return fullName(text);
  const [plural = '', ...rest] = word.split('.');
  if (!isLabel(plural) || !rest.every(isLabel))
    throw new StartError(`${printable(new ResourceSyntaxError(text, likeness(text)).message)} ${resourceWords}`);
  if (rest.length === 0) return builtInByWord(plural) ?? { word: plural };
  const [first = ''] = rest;
  // A group may look like a version; kubectl tries the version first too.
  const version = rest.length > 1 && /^v\d/.test(first) ? first : undefined;
  const group = rest.slice(version === undefined ? 0 : 1).join('.');
  const builtIn = builtInByWord(plural, group, version);
  return builtIn ?? { word: plural, group, ...(version === undefined ? {} : { version }) };
}

function fullName(text: string): WantedResource {
  try {
    parseResource(text);
    return builtInByName(text) ?? { name: text };
  } catch (error) {
    const [first = '', name = '', ...more] = text.split('/');
    if (more.length === 0 && name !== '' && builtInByWord(first.toLowerCase()) !== undefined)
      throw new StartError(
        `${printable(JSON.stringify(text))} is one object: add --field-selector metadata.name=${printable(name)} to "${first}"`,
      );
    throw new StartError(`${printable((error as Error).message)} ${resourceWords}`, error);
  }
}

function likeness(text: string): string {
  if (text.trim() === '') return 'it is empty';
  if (text.includes(',')) return 'one resource at a time is shown';
  return 'it has characters that names of resources do not have';
}
