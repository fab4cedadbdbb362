import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { ProgramError } from './program-error.ts';

/** An object of a file. */
export interface Manifest {
  readonly path: string;
  readonly object: JsonObject;
}

const isManifestFile = /\.(ya?ml|json)$/i;

/**
 * The objects of a file, or of all YAML and JSON files of a directory and those below it, in the order of their names; those of a
 * List one by one.
 *
 * @throws ProgramError for what cannot be read or is not a manifest, with the path.
 */
export function manifestsOf(path: string): readonly Manifest[] {
  return filesOf(path).flatMap((file) => objectsOf(file).map((object) => ({ path: file, object })));
}

function filesOf(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => isManifestFile.test(name));
    return files.sort().map((name) => join(path, name));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function objectsOf(path: string): readonly JsonObject[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document, index) => {
    const where = documents.length > 1 ? `${path}, document ${index + 1}` : path;
    const [fault] = document.errors;
    if (fault !== undefined) throw new ProgramError(`${where} is not YAML: ${fault.message.split('\n')[0] ?? ''}`);
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    // Nothing but comments.
    if (value === null || value === undefined) return [];
    return unlisted(value, where);
  });
}

function unlisted(value: unknown, where: string): readonly JsonObject[] {
  if (!isJsonObject(value) || typeof value['kind'] !== 'string' || typeof value['apiVersion'] !== 'string') {
    throw new ProgramError(`${where} is not a manifest: it has no apiVersion, or no kind`);
  }
  const { kind, items } = value;
  if (!kind.endsWith('List') || !Array.isArray(items)) return [value];
  return items.flatMap((item: unknown) => unlisted(item, where));
}

function unreadable(path: string, error: unknown): ProgramError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return new ProgramError(`${path} cannot be read: ${code}`);
}
