import { createRequire } from 'node:module';
import type * as CelPackage from '@marcbachmann/cel-js';
import { refusal } from '../../../serving/failure-status.ts';
import { packageMissing } from '../requests/refusals.ts';

/** What evaluates rules; a definition is taken without it, with a warning. */
export const celPackageName = '@marcbachmann/cel-js';

const definitions = 'apiextensions.k8s.io/v1/customresourcedefinitions';

/** How the package is loaded: at once, so that a server in virtual time needs no promise. */
type Load = (name: string) => unknown;

const load: Load = createRequire(import.meta.url);

/**
 * The package that evaluates rules, which is loaded for the first schema with a rule; `undefined` where it is not installed.
 *
 * @throws KubeError 500 where it is installed, and does not load.
 */
export function celPackage(loading: Load = load): typeof CelPackage | undefined {
  try {
    return loading(celPackageName) as typeof CelPackage;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(code)) return undefined;
    throw refusal(definitions, packageMissing('the rules of custom resources', celPackageName, error));
  }
}
