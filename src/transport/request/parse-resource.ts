import { builtInByName } from '../../protocol/objects/built-in-names.ts';
import { printable } from '../../protocol/errors/printable.ts';
import { meantByText, meantResource } from './meant-resource.ts';

/** A resource of the API, parsed from `v1/pods` or `apps/v1/deployments`. */
export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** The resource's name in paths: plural, lower case. */
  readonly plural: string;
  /** Group and version as objects carry them: `v1`, `apps/v1`. */
  readonly apiVersion: string;
}

const expectedName =
  'Expected version/plural for the core group, such as "v1/pods", ' +
  'or group/version/plural, such as "apps/v1/deployments".';

/** So much of a text that is wrong is quoted. */
const longestQuote = 300;

// What is given for a text may be none.
function shown(text: unknown): string {
  const quoted: unknown = JSON.stringify(typeof text === 'string' ? text.slice(0, longestQuote) : text);
  return printable(String(quoted), longestQuote);
}

/** A text that names no resource. Its message says what it looked like and what is expected. */
export class ResourceSyntaxError extends TypeError {
  /** The text as it was given. */
  readonly text: string;
  /** The full name of the built-in resource that is meant, where that is known: `v1/pods`. */
  readonly meant: string | undefined;

  constructor(text: string, looksLike: string, expected: string = expectedName, meant?: string) {
    super(`${shown(text)} names no resource: ${looksLike}. ${expected}`);
    this.name = 'ResourceSyntaxError';
    this.text = text;
    this.meant = meant;
  }
}

/** A text that can be no namespace. Its message says what one looks like. */
export class NamespaceSyntaxError extends TypeError {
  /** The text as it was given. */
  readonly text: string;

  constructor(text: string) {
    super(
      `${shown(text)} names no namespace. Expected at most 63 lower case letters, digits and "-", ` +
        'which is neither first nor last; empty or not given means all namespaces.',
    );
    this.name = 'NamespaceSyntaxError';
    this.text = text;
  }
}

// Names of Kubernetes (RFC 1123): labels for versions and plurals, dotted labels for groups.
const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const version = /^v[0-9]+((alpha|beta)[0-9]+)?$/;

/**
 * Parses the name of a resource: `version/plural` for the core group, `group/version/plural` for the others.
 *
 * @throws ResourceSyntaxError, also for a kind, a singular or a short name of a resource that is built in, such as `v1/pod`:
 * no server has it.
 */
export function parseResource(text: string): Resource {
  const parts = text.split('/');
  const [group = '', release = '', plural = ''] = parts.length === 2 ? ['', ...parts] : parts;
  const isCore = parts.length === 2 && version.test(release);
  const isGrouped = parts.length === 3 && isGroup(group) && !version.test(group) && label.test(release);
  if (!label.test(plural) || !(isCore || isGrouped)) throw syntaxError(text, parts);
  const resource: Resource = { group, version: release, plural, apiVersion: isCore ? release : `${group}/${release}` };
  const meant = meantResource(resource);
  if (meant !== undefined)
    throw new ResourceSyntaxError(text, meant.fault, `Expected ${JSON.stringify(meant.name)}.`, meant.name);
  return resource;
}

/**
 * Where the API serves a resource: all of it, or one namespace's part.
 *
 * @throws NamespaceSyntaxError: dots and slashes, escaped or not, would lead elsewhere. TypeError where a namespace is given
 * for a resource that is built in and has none: the server would find nothing there.
 */
export function resourcePath({ group, version, plural, apiVersion }: Resource, namespace?: string): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  if (!namespace) return `${root}/${plural}`;
  if (!isLabel(namespace)) throw new NamespaceSyntaxError(namespace);
  const name = `${apiVersion}/${plural}`;
  if (builtInByName(name)?.namespaced === false)
    throw new TypeError(`${name} have no namespaces, and ${shown(namespace)} was given as one. Leave it out.`);
  return `${root}/namespaces/${namespace}/${plural}`;
}

/** The resource in words, as errors name it: `v1/pods in default`. */
export function resourceInWords({ apiVersion, plural }: Resource, namespace?: string): string {
  return namespace ? `${apiVersion}/${plural} in ${namespace}` : `${apiVersion}/${plural}`;
}

function syntaxError(text: string, parts: readonly string[]): ResourceSyntaxError {
  const meant = meantByText(text);
  const inFull = meant === undefined ? '' : `; in full it is ${JSON.stringify(meant)}`;
  return new ResourceSyntaxError(text, `${likeness(text, parts)}${inFull}`, expectedName, meant);
}

function likeness(text: string, parts: readonly string[]): string {
  const [first = '', second = ''] = parts;
  if (text.trim() === '') return 'it is empty';
  if (text !== text.trim()) return 'it has white space around it';
  if (text.startsWith('/') || first === 'api' || first === 'apis') return 'it looks like a path';
  if (parts.includes('')) return 'a part between its slashes is empty';
  if (/[A-Z]/.test(text)) return 'it looks like a kind, and resources are in lower case and plural';
  if (parts.length > 3) return 'it has more than three parts';
  if (parts.length === 3 && version.test(first)) return 'it looks like a subresource or an object of the core group';
  if (parts.length === 2 && isGroup(first) && label.test(second))
    return 'it looks like group/plural, without a version';
  if (parts.length === 1) return 'it has no version';
  return 'it has characters that names of resources do not have';
}

function isGroup(part: string): boolean {
  return part.split('.').every(isLabel);
}

/** Whether a text can be a name of Kubernetes without dots, such as a namespace. */
export function isLabel(text: string): boolean {
  return label.test(text);
}
