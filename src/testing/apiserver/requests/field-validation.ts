import { badRequest, refusal } from '../../../serving/failure-status.ts';
import { resourceWords } from '../../../serving/served-resource.ts';
import type { JsonObject } from '../objects/json-object.ts';
import type { TextReply } from './api-reply.ts';
import type { Targeted } from './read-verbs.ts';

/**
 * The fields of an object that the server does not know, and leaves out, where its client wants to hear of them: `Warn`, which is
 * the default of `fieldValidation`.
 *
 * @throws KubeError 400 for an object with such fields where the client wants that: `Strict`.
 */
export function unknownFields({ request, collection }: Targeted, content: JsonObject): readonly string[] {
  const validation = request.query.get('fieldValidation') ?? '';
  const unknown = validation === 'Ignore' ? [] : collection.unknownFields(content);
  if (unknown.length === 0 || validation !== 'Strict') return unknown;
  const { resource } = collection;
  const { kind, version } = resource;
  const fields = unknown.map((field) => `unknown field ${JSON.stringify(field)}`).join(', ');
  const what = `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}`;
  throw refusal(resourceWords(resource), badRequest(`${what}: strict decoding error: ${fields}`));
}

/** An answer that warns of fields. */
export function warnOf(unknown: readonly string[], reply: TextReply): TextReply {
  if (unknown.length === 0) return reply;
  const warnings = unknown.map((field) => `299 - ${JSON.stringify(`unknown field ${JSON.stringify(field)}`)}`);
  return { ...reply, headers: { ...reply.headers, Warning: warnings.join(', ') } };
}
