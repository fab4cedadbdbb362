import { type ApiResource, type ApiSubresource, partVerbs, storedVerbs } from './api-resource.ts';
import { builtInTable } from './built-in-table.ts';
import { storageVersionHash } from './storage-version-hash.ts';

function subresource(token: string, parent: string): ApiSubresource {
  const [head = '', verbs] = token.slice(1).split(':');
  const [name = '', type = parent] = head.split('=');
  const [kind = '', version = '', group = ''] = type.split('/').reverse();
  return { name, group, version, kind, verbs: verbs?.split(',') ?? partVerbs };
}

function apiResource(groupVersion: string, line: string): ApiResource {
  const [version = '', group = ''] = groupVersion.split('/').reverse();
  const [plural = '', kind = '', ...tokens] = line.split(' ');
  const after = (mark: string): string[] =>
    tokens.filter((token) => token.startsWith(mark)).map((token) => token.slice(mark.length));
  const verbs = after(':')[0]?.split(',') ?? storedVerbs;
  const hash = after('#')[0] ?? storageVersionHash(group, version, kind);
  return {
    group,
    version,
    plural,
    singular: kind.toLowerCase(),
    kind,
    listKind: `${kind}List`,
    namespaced: !tokens.includes('!'),
    verbs,
    shortNames: tokens.filter((token) => /^[a-z]/.test(token)),
    categories: after('@'),
    storageVersionHash: verbs.includes('watch') ? hash : undefined,
    subresources: tokens.filter((token) => token.startsWith('/')).map((token) => subresource(token, kind)),
  };
}

function parsed(): ApiResource[] {
  let groupVersion = '';
  return builtInTable
    .trim()
    .split('\n')
    .flatMap((line) => {
      if (line.includes(' ')) return [apiResource(groupVersion, line)];
      groupVersion = line;
      return [];
    });
}

/** What a kube-apiserver serves by itself, in the order in which it lists it. */
export const builtInApiResources: readonly ApiResource[] = parsed();
