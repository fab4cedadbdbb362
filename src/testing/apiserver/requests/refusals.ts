import type { Status, StatusDetails } from '../../../protocol/errors/status.ts';
import { badRequest, failureStatus } from '../../../serving/failure-status.ts';
import { qualifiedResource } from '../../../serving/served-resource.ts';
import { maxDepth } from '../objects/json-depth.ts';

interface Named {
  readonly group: string;
  readonly plural: string;
}

function named({ group, plural }: Named, name: string): StatusDetails {
  return { name, ...(group !== '' && { group }), kind: plural };
}

/** 404 of an object. */
export function notFound(resource: Named, name: string): Status {
  const message = `${qualifiedResource(resource)} ${JSON.stringify(name)} not found`;
  return failureStatus(404, 'NotFound', message, named(resource, name));
}

/** 404 of a resource, or of a part of an object, that is not served. */
export function resourceNotFound(): Status {
  return failureStatus(404, 'NotFound', 'the server could not find the requested resource', {});
}

/** 404 of a resource that is asked for in the process, and not served. */
export function notDeclared(): Status {
  const how = 'the option "resources" declares one that is not built in, a CustomResourceDefinition defines one';
  return failureStatus(404, 'NotFound', `the server does not serve this resource: ${how}`, {});
}

/** 501 of what a kube-apiserver does, and this server does not. */
export function notImplemented(what: string): Status {
  return failureStatus(501, undefined, `the embedded API server does not serve ${what}`, {});
}

/** 501 of what needs a package that is not installed, and 500 where it is, and does not load. */
export function packageMissing(what: string, name: string, error: unknown): Status {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
    ? failureStatus(501, undefined, `${what} need the package ${name}, which is not installed: npm install ${name}`, {})
    : failureStatus(500, 'InternalError', `Internal error occurred: the package ${name} does not load: ${message}`);
}

/** 409 of a creation. */
export function alreadyExists(resource: Named, name: string): Status {
  const message = `${qualifiedResource(resource)} ${JSON.stringify(name)} already exists`;
  return failureStatus(409, 'AlreadyExists', message, named(resource, name));
}

/** The cause of a conflict where the version is not the stored one. */
export const objectModified =
  'the object has been modified; please apply your changes to the latest version and try again';

/** 409 of a change. */
export function conflict(resource: Named, name: string, cause: string): Status {
  const message = `Operation cannot be fulfilled on ${qualifiedResource(resource)} ${JSON.stringify(name)}: ${cause}`;
  return failureStatus(409, 'Conflict', message, named(resource, name));
}

/** 401. */
export function unauthorized(): Status {
  return failureStatus(401, 'Unauthorized', 'Unauthorized');
}

/** 403; `scope`: `in the namespace "x"` or `at the cluster scope`. */
export function forbidden(resource: Named, verb: string, namespace: string | undefined): Status {
  const scope = namespace === undefined ? 'at the cluster scope' : `in the namespace ${JSON.stringify(namespace)}`;
  const { group, plural } = resource;
  const what = `resource ${JSON.stringify(plural)} in API group ${JSON.stringify(group)} ${scope}`;
  return failureStatus(
    403,
    'Forbidden',
    `${qualifiedResource(resource)} is forbidden: User "alice" cannot ${verb} ${what}`,
    { ...(group !== '' && { group }), kind: plural },
  );
}

/** 403 of a request that another site's page may have sent. */
export function foreignRefused(why: string): Status {
  return failureStatus(403, 'Forbidden', why, {});
}

/** 405. */
export function methodNotAllowed(): Status {
  const message = 'the server does not allow this method on the requested resource';
  return failureStatus(405, 'MethodNotAllowed', message, {});
}

/** 406. */
export function notAcceptable(message: string): Status {
  return failureStatus(406, 'NotAcceptable', message, {});
}

/** 406 of what discovery tells. Source: apiserver `endpoints/handlers/negotiation/errors.go`. */
export function onlyAccepted(mediaTypes: string): Status {
  return failureStatus(406, 'NotAcceptable', `only the following media types are accepted: ${mediaTypes}`);
}

/** 413. Source: apiserver `endpoints/handlers/rest.go`, limitedReadBody. */
export function bodyTooLarge(limit: number): Status {
  return failureStatus(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${limit}`);
}

/** 413 of a JSON patch. */
export function tooManyOperations(limit: number, given: number): Status {
  const text = `The allowed maximum operations in a JSON patch is ${limit}, got ${given}`;
  return failureStatus(413, 'RequestEntityTooLarge', `Request entity too large: ${text}`);
}

/** 415. */
export function unsupportedMediaType(accepted: readonly string[]): Status {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return failureStatus(415, 'UnsupportedMediaType', message, {});
}

/** 415 of a patch. */
export function unsupportedPatch(): Status {
  return failureStatus(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
}

/** 422 of a patch that cannot be applied. */
export function patchRejected(): Status {
  return failureStatus(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
}

/** 400 for an object that is nested too deep. */
export function tooDeep(): Status {
  return badRequest(`the object provided is unrecognized: it exceeds the depth of ${maxDepth}`);
}

/** 400 for a number that is too large for a float. */
export function numberOutOfRange(): Status {
  return badRequest('the object provided is unrecognized: a number in it is too large for a float64');
}
