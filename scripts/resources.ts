/**
 * `npm run resources`: writes what a kube-apiserver of the pinned release serves by itself into
 * `src/testing/apiserver/discovery/built-in-table.ts`, from the discovery documents of its Go module, and the types of that into
 * `src/testing/apiserver/types/schema-table.ts`, from its Go types and OpenAPI documents (needs Go).
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { moduleSource } from './controlplane/module-source.ts';
import { goTypes } from './resources/go-types.ts';
import { schemaTable } from './resources/schema-table.ts';
import type { OpenApiDocument } from './resources/open-api-document.ts';

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
const kinds = new Set(['v1 DeleteOptions', 'v1 Status']);
for (const groupVersion of ['v1', ...served.map((each) => each.groupVersion)]) {
  const document = groupVersion === 'v1' ? 'api__v1.json' : `apis__${groupVersion.replace('/', '__')}.json`;
  const { resources } = await read<{ readonly resources: readonly Resource[] }>(document);
  lines.push(groupVersion);
  for (const { kind, group, version: of } of resources) {
    kinds.add(`${of === undefined ? groupVersion : group === undefined ? of : `${group}/${of}`} ${kind}`);
  }
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
async function write(path: string, content: string): Promise<void> {
  await writeFile(path, await format(content, { ...(await resolveConfig(path)), parser: 'typescript' }));
}

await write(target, text);

const documents = await Promise.all(
  ['v1', ...served.map((each) => each.groupVersion)].map(async (groupVersion): Promise<OpenApiDocument> => {
    const name = groupVersion === 'v1' ? 'api__v1' : `apis__${groupVersion.replace('/', '__')}`;
    const path = join(directory, 'api/openapi-spec/v3', `${name}_openapi.json`);
    return JSON.parse(await readFile(path, 'utf8')) as OpenApiDocument;
  }),
);

const goNames = [...kinds].filter((kind) => !kind.endsWith('Options') || kind === 'v1 DeleteOptions');
const schemas = await goTypes(goNames);
await write(
  fileURLToPath(new URL('../src/testing/apiserver/types/schema-table.ts', import.meta.url)),
  `// Written by \`npm run resources\`, from the Go types and the OpenAPI documents of k8s.io/kubernetes ${version}.

/**
 * Every type of what is served: its name, \`%\` where it is one value, \`=\` the kind that it is of, and its fields in the order of
 * their numbers in protobuf. After the name of a field come \`*\` a pointer, \`?\` left out of JSON where it is empty, \`~\` where it is
 * zero, \`^\` its own fields are those of JSON, \`!\` required, \`%a\` one value, \`%g\` not one value; \`[]\` a list, \`[s]\` a set, \`[a]\` a list
 * that is one value, \`[m\` and its keys; \`{}\` a map of texts; \`:\` its type; \`@\` its number where it is not the next one; \`<\` how a
 * strategic merge patch changes it, and by which key; \`=\` what stands for a missing one, as JSON. Of types, \`s\` is a text, \`i\` an int32,
 * \`l\` an int64, \`b\` a boolean, \`d\` a float64, \`y\` bytes, \`q\` a quantity, \`o\` an integer or a text, \`t\` a time, \`m\` a time of
 * microseconds, \`f\` a set of fields, \`r\` an object of any kind, \`j\` any JSON; \`1\`, \`2\` and \`3\` are a schema or
 * a list of them, a boolean, or texts.
 */
export const schemaTable = \`
${schemaTable(schemas, documents).join('\n').replaceAll('$', '\\$')}
\`;
`,
);
