import { expect, it } from 'vitest';
import { celPackage, celPackageName } from '#src/testing/apiserver/rules/cel-package.ts';

const failing = (code: string) => () => {
  throw Object.assign(new Error(`Cannot find module '${celPackageName}'`), { code });
};

it('loads what evaluates rules, or says nothing where it is not installed', () => {
  expect(celPackage()).toHaveProperty('Environment');
  expect(celPackage(failing('MODULE_NOT_FOUND'))).toBeUndefined();
  expect(() => celPackage(failing('EACCES'))).toThrow('does not load');
});
