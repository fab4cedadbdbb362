/** The kind of a custom resource of these specs: `Gadget` of `gadgets`. */
export function kindOf(plural: string): string {
  return `${plural.charAt(0).toUpperCase()}${plural.slice(1, -1)}`;
}
