/**
 * `npm run resources`: writes what a kube-apiserver of the pinned release serves by itself into
 * `src/testing/apiserver/discovery/built-in-table.ts`, from the discovery documents of its Go module (needs Go).
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { moduleSource } from './controlplane/module-source.ts';

interface Resource {
  readonly name: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly storageVersionHash?: string;
}

interface GroupList {
  readonly groups: readonly {
    readonly versions: readonly { readonly groupVersion: string; readonly version: string }[];
  }[];
}

const target = fileURLToPath(new URL('../src/testing/apiserver/discovery/built-in-table.ts', import.meta.url));
const allVerbs = 'create,delete,deletecollection,get,list,patch,update,watch';
const partVerbs = 'get,patch,update';

const { version, directory } = await moduleSource('k8s.io/kubernetes');

async function read<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(join(directory, 'api/discovery', name), 'utf8')) as T;
}

function verbs(given: readonly string[], usual: string): string[] {
  const text = [...given].sort().join(',');
  return text === usual ? [] : [`:${text}`];
}

/** Most are stored in the version in which they are served; the hash says so. */
function storage(groupVersion: string, { kind, storageVersionHash: hash }: Resource): string[] {
  if (hash === undefined) return [];
  const words = `${groupVersion.includes('/') ? '' : '/'}${groupVersion}/${kind}`;
  const usual = createHash('sha256').update(words).digest().subarray(0, 8).toString('base64');
  return hash === usual ? [] : [`#${hash}`];
}

function part({ name, kind, group = '', version: of = '', verbs: given }: Resource, parent: Resource): string {
  const ownKind = group === '' && of === '' ? kind : `${group}/${of}/${kind}`;
  return [
    `/${name.slice(parent.name.length + 1)}`,
    ...(ownKind === parent.kind ? [] : [`=${ownKind}`]),
    ...verbs(given, partVerbs),
  ].join('');
}

function line(groupVersion: string, resource: Resource, all: readonly Resource[]): string {
  const { name, singularName, kind, namespaced, shortNames = [], categories = [] } = resource;
  if (singularName !== kind.toLowerCase()) throw new Error(`${name}: its singular is not its kind in lower case`);
  const parts = all.filter((each) => each.name.startsWith(`${name}/`));
  return [
    name,
    kind,
    ...(namespaced ? [] : ['!']),
    ...verbs(resource.verbs, allVerbs),
    ...shortNames,
    ...categories.map((category) => `@${category}`),
    ...storage(groupVersion, resource),
    ...parts.map((each) => part(each, resource)),
  ].join(' ');
}

/** A server serves alpha and beta versions only if a flag says so. */
const isStable = (served: string): boolean => /^v\d+$/.test(served);

const { groups } = await read<GroupList>('apis.json');
const served = groups.flatMap(({ versions }) => versions.filter((each) => isStable(each.version)));
const lines: string[] = [];
for (const groupVersion of ['v1', ...served.map((each) => each.groupVersion)]) {
  const document = groupVersion === 'v1' ? 'api__v1.json' : `apis__${groupVersion.replace('/', '__')}.json`;
  const { resources } = await read<{ readonly resources: readonly Resource[] }>(document);
  lines.push(groupVersion);
  for (const resource of resources)
    if (!resource.name.includes('/')) lines.push(line(groupVersion, resource, resources));
}

const text = `// Written by \`npm run resources\`, from the discovery documents of k8s.io/kubernetes ${version}.

/** The release whose resources these are. */
export const kubernetesVersion = '${version}';

/**
 * What a kube-apiserver serves by itself: a line for each group version, in the order in which it lists them, and below it
 * one for each resource: plural, kind, \`!\` where it has no namespaces, \`:\` and its verbs where they are not all, short
 * names, \`@\` categories, \`#\` the hash of the version it is stored in where that is another, \`/\` subresources with \`=\` their
 * kind where that is another, and \`:\` their verbs where they are not get, patch and update.
 */
export const builtInTable = \`
${lines.join('\n')}
\`;
`;
await writeFile(target, await format(text, { ...(await resolveConfig(target)), parser: 'typescript' }));
