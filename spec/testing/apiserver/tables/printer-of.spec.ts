import { expect, it } from 'vitest';
import { printerOf } from '#src/testing/apiserver/tables/printer-of.ts';

function namesOf(group: string, plural: string, builtIn = true, definition?: object): string[] {
  const resource = { group, version: 'v1', plural, kind: 'X', builtIn, fields: {} };
  return printerOf(resource, definition as never).columns.map(({ name }) => name);
}

it('shows what is built in by columns of its own, by its time of creation, or by its age', () => {
  expect(namesOf('', 'configmaps')).toEqual(['Name', 'Data', 'Age']);
  expect(namesOf('rbac.authorization.k8s.io', 'roles')).toEqual(['Name', 'Created At']);
  expect(namesOf('resource.k8s.io', 'deviceclasses')).toEqual(['Name', 'Age']);
});

it('shows a custom resource by the columns of its version', () => {
  const columns = [{ name: 'Size', type: 'integer', jsonPath: '.spec.size' }];
  const versions = [{ name: 'v2' }, { name: 'v1', additionalPrinterColumns: columns }];
  expect(namesOf('x.io', 'xs', false, { spec: { versions } })).toEqual(['Name', 'Size']);
  expect(namesOf('x.io', 'xs', false, { spec: 'x' })).toEqual(['Name', 'Age']);
  expect(namesOf('x.io', 'xs', false)).toEqual(['Name', 'Age']);
});
