/**
 * The public functions whose doc comments have no example yet, in order. An entry is removed with its example; none is
 * added, so the number in `doc-examples.spec.ts` only shrinks.
 */
export const withoutExample: readonly string[] = [];
