import { parseAllDocuments, type Tags } from 'yaml';

/** A text that is not YAML. The message has the place and the kind of fault, and nothing of the text. */
export class YamlFault extends Error {}

// What YAML 1.1 has and Go's parser gives as a text. Source: go.yaml.in/yaml/v2, resolve.go.
const asText = ['timestamp', 'binary', 'omap', 'pairs', 'set'].map((name) => `tag:yaml.org,2002:${name}`);

function isTaken(tag: Tags[number]): boolean {
  // Of base 60, such as 1:30.
  return typeof tag === 'string' || (!asText.includes(tag.tag) && !('format' in tag && tag.format === 'TIME'));
}

/**
 * Parses the first document of a text as kubectl does: YAML 1.1, so that `yes` is true; of two equal keys the later counts.
 * Nothing but comments is undefined. Throws a `YamlFault`.
 */
export function parseYaml(text: string): unknown {
  const documents = parseAllDocuments(text, {
    version: '1.1',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    customTags: (tags) => tags.filter(isTaken),
  });
  const [document] = documents;
  if (document === undefined || !('contents' in document)) return undefined;
  const [error] = document.errors;
  if (error !== undefined) throw new YamlFault(`${wordsOf(error.code)} ${placeIn(text, error.pos[0])}`);
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? undefined;
  } catch {
    throw new YamlFault('an alias of nothing, or too many of them');
  }
}

function wordsOf(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}

function placeIn(text: string, position: number): string {
  const before = text.slice(0, position);
  return `at line ${before.split('\n').length}, column ${position - before.lastIndexOf('\n')}`;
}
