import type { KubernetesObject } from './objects/kubernetes-object.ts';
import type { Raw } from './objects/raw.ts';

/**
 * The types of objects by the name of their resource. It is open: `kuberx/client-node` adds the resources that Kubernetes has
 * of its own, and a program adds its custom ones. Whatever takes a resource by name then has the type of its objects. A type
 * is as the server sends it or a model of client-node's; what is read is its {@link Raw}.
 *
 * ```ts
 * interface Widget extends KubernetesObject {
 *   spec: { size: number };
 * }
 * declare module 'kuberx' {
 *   interface ResourceTypes {
 *     'example.com/v1/widgets': Widget;
 *   }
 * }
 * ```
 */
// Empty as long as nobody adds to it, and an interface because only that can be added to.
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface ResourceTypes {}

/** The name of a resource, `v1/pods` or `apps/v1/deployments`: those of {@link ResourceTypes}, which editors propose, or any other. */
export type ResourceString = keyof ResourceTypes | (string & Record<never, never>);

/** The objects of a resource: typed by its name where {@link ResourceTypes} has it, otherwise what every object is. */
export type ObjectOf<Name extends string> = Name extends keyof ResourceTypes
  ? Raw<ResourceTypes[Name]>
  : KubernetesObject;
