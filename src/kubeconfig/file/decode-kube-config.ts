import { cluster, context, named, optionalText, type Place, SyntaxFault, user } from './fields.ts';
import type { KubeConfigEntries } from './entries.ts';
import { parseYaml, YamlFault } from './parse-yaml.ts';

/**
 * Reads the bytes of a kubeconfig: UTF-8 or, by its mark, UTF-16. Unknown fields are left out. Throws a `SyntaxFault` where
 * kubectl refuses the whole file: it is not YAML, of another version, a field is of another kind, a name is there twice.
 */
export function decodeKubeConfig(bytes: Uint8Array): KubeConfigEntries {
  const place: Place = { path: '' };
  const content = parsed(textOf(bytes));
  if (content === undefined)
    return { clusters: new Map(), users: new Map(), contexts: new Map(), currentContext: undefined };
  if (!isRecord(content)) throw new SyntaxFault('it has no fields');
  const version = optionalText(content, 'apiVersion', place);
  const kind = optionalText(content, 'kind', place);
  if (version !== undefined && version !== 'v1') throw new SyntaxFault('its apiVersion is not v1');
  if (kind !== undefined && kind !== 'Config') throw new SyntaxFault('its kind is not Config');
  return {
    clusters: named(content, 'clusters', 'cluster', cluster),
    users: named(content, 'users', 'user', user),
    contexts: named(content, 'contexts', 'context', context),
    currentContext: optionalText(content, 'current-context', place),
  };
}

function parsed(text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof YamlFault) throw new SyntaxFault(`it is not YAML: ${error.message}`);
    throw error;
  }
}

function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
