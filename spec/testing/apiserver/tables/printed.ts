import { printerOf } from '#src/testing/apiserver/tables/printer-of.ts';

/** Half a minute after the objects of {@link printed} were made. */
const now = 1_000_000_000_000;
export const made: string = new Date(now - 30_000).toISOString();

/** The row of an object of a built-in resource, `apps/v1/deployments`, by the names of its columns. */
export function printed(
  resource: string,
  { metadata, ...content }: { readonly metadata?: object; readonly [part: string]: unknown },
): Readonly<Record<string, unknown>> {
  const [plural = '', version = '', group = ''] = resource.split('/').reverse();
  const printer = printerOf({ group, version, plural, kind: 'X', builtIn: true, fields: {} }, undefined);
  const identity = { name: 'a', creationTimestamp: made, ...metadata };
  const cells = printer.cells({ apiVersion: 'v1', kind: 'X', metadata: identity, ...content }, now);
  return Object.fromEntries(printer.columns.map(({ name }, index) => [name, cells[index]]));
}
