import type { ApiServer } from '../api-server.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import type { Failure } from '../requests/failure.ts';

/** What a command is answered with: a line of JSON. */
export type CommandReply =
  { readonly ok: true; readonly result?: unknown } | { readonly ok: false; readonly error: string };

type Command = (server: ApiServer, given: JsonObject) => unknown;

const commands: Readonly<Record<string, Command>> = {
  failNext: (server, failure) => server.failNext(failure as unknown as Failure),
  clearFailures: (server) => server.clearFailures(),
  endStreams: (server, given) => server.endStreams(given),
  apply: (server, manifest) => server.applyManifest(manifest),
  delete: (server, { resource, key }) => server.delete(text('resource', resource), text('key', key)),
  compact: (server) => server.compact(),
  restartCache: (server) => server.restartCache(),
  requests: (server) => server.requests,
  save: (server) => server.save(),
  load: (server, state) => server.load(state as never),
};

/**
 * Carries out one line of JSON, `{"failNext":{"code":500}}`: one command with what it takes, `{}` where that is nothing. Whatever is
 * wrong with it is the reply.
 */
export function runCommand(server: ApiServer, line: string): CommandReply {
  try {
    const given: unknown = JSON.parse(line);
    const [name, ...others] = isJsonObject(given) ? Object.keys(given) : [];
    const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (name === undefined || command === undefined || others.length > 0) {
      throw new TypeError(`expected one of ${Object.keys(commands).join(', ')}`);
    }
    const taken = (given as JsonObject)[name];
    if (!isJsonObject(taken)) throw new TypeError(`${name} takes an object`);
    const result = command(server, taken);
    return result === undefined ? { ok: true } : { ok: true, result };
  } catch (error) {
    const message = error instanceof SyntaxError ? 'not JSON' : error instanceof Error ? error.message : String(error);
    return { ok: false, error: `invalid command: ${message}` };
  }
}

function text(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`${name} has to be a text`);
}
