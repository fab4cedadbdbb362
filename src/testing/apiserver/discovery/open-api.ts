import type { ApiResource } from './api-resource.ts';
import type { ApiGroup, ApiVersion } from './catalog.ts';

/**
 * The documents that kubectl asks for before it writes: which write takes the parameter `fieldValidation`, so that it leaves
 * the check to the server. There are no schemas in them: `kubectl explain` has nothing to tell.
 */
function pathOf(group: string, version: string): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

/** `/openapi/v3`. */
export function openApiIndex(groups: readonly ApiGroup[]): object {
  const paths = groups.flatMap(({ name, versions }) => versions.map(({ version }) => pathOf(name, version)));
  return { paths: Object.fromEntries(paths.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}` }])) };
}

function operations({ group, version, kind }: ApiResource): object {
  const operation = (action: string): object => ({
    parameters: [{ name: 'fieldValidation', in: 'query' }],
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind },
    responses: { 200: { description: 'OK' } },
  });
  return { patch: operation('patch'), put: operation('put') };
}

/** `/openapi/v3/apis/GROUP/VERSION`. */
export function openApiDocument(group: string, { version, resources }: ApiVersion): object {
  const paths = resources
    .filter(({ verbs }) => verbs.includes('patch'))
    .map((resource) => {
      const scope = resource.namespaced ? '/namespaces/{namespace}' : '';
      return [`/${pathOf(group, version)}${scope}/${resource.plural}/{name}`, operations(resource)] as const;
    });
  return {
    openapi: '3.0.0',
    info: { title: 'kuberx', version: 'unversioned' },
    paths: Object.fromEntries(paths),
    components: { schemas: {} },
  };
}
