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

/** The number of characters of an invalid text that are quoted. */
const longestQuote = 300;

// The given value may be no text.
function shown(text: unknown): string {
  const quoted: unknown = JSON.stringify(typeof text === 'string' ? text.slice(0, longestQuote) : text);
  return printable(String(quoted), longestQuote);
}

/** The error for a text that names no resource. Its message describes the text and the expected form. */
export class ResourceSyntaxError extends TypeError {
  /** The text as it was given. */
  readonly text: string;
  /** The full name of the built-in resource that is probably meant, if it is known: `v1/pods`. */
  readonly meant: string | undefined;

  constructor(text: string, looksLike: string, expected: string = expectedName, meant?: string) {
    super(`${shown(text)} names no resource: ${looksLike}. ${expected}`);
    this.name = 'ResourceSyntaxError';
    this.text = text;
    this.meant = meant;
  }
}

/** The error for a text that cannot be a namespace. Its message describes a valid one. */
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

// Kubernetes names (RFC 1123): labels for versions and plurals, dotted labels for groups.
const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const version = /^v[0-9]+((alpha|beta)[0-9]+)?$/;

/**
 * Parses the name of a resource: `version/plural` for the core group, `group/version/plural` for the others.
 *
 * ```ts
 * const { group, version, plural } = parseResource('apps/v1/deployments');
 * ```
 *
 * @throws ResourceSyntaxError for what is not a text, for an invalid one, and for a kind, a singular or a short name of a built-in resource,
 * such as `v1/pod`: no server has it.
 */
export function parseResource(text: string): Resource {
  if (typeof (text as unknown) !== 'string') throw new ResourceSyntaxError(text, 'it is not a text');
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
 * The path at which the API serves a resource: all of it, or the part of one namespace.
 *
 * ```ts
 * const path = resourcePath(parseResource('v1/pods'), 'default');
 * console.log(path); // /api/v1/namespaces/default/pods
 * ```
 *
 * @throws NamespaceSyntaxError for an invalid namespace: dots and slashes, escaped or not, would lead to another path.
 * TypeError for a namespace with a built-in resource that has none: the server would find nothing there.
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

/**
 * The resource in words, as errors name it.
 *
 * ```ts
 * console.log(resourceInWords(parseResource('v1/pods'), 'default')); // v1/pods in default
 * ```
 */
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

/** True for a text that can be a Kubernetes name without dots, such as a namespace. */
export function isLabel(text: string): boolean {
  return label.test(text);
}
