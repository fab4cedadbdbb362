/** Which objects are referred to, and by which keys. Every change of it says what is new and what is no longer referred to. */
export class ReferredKeys {
  private readonly byOwner = new Map<string, ReadonlySet<string>>();
  private readonly byReferred = new Map<string, Set<string>>();

  /** How many objects are referred to. */
  get size(): number {
    return this.byReferred.size;
  }

  /** The objects that are referred to. */
  keys(): string[] {
    return [...this.byReferred.keys()];
  }

  /** The keys that refer to an object. */
  ownersOf(referred: string): readonly string[] {
    return [...(this.byReferred.get(referred) ?? [])];
  }

  /** Says what a key refers to now: nothing, where it is gone. */
  set(
    owner: string,
    referred: Iterable<string>,
  ): { readonly added: readonly string[]; readonly dropped: readonly string[] } {
    const before = this.byOwner.get(owner) ?? new Set<string>();
    const now = new Set(referred);
    const added: string[] = [];
    const dropped: string[] = [];
    for (const each of now) {
      const owners = this.byReferred.get(each);
      if (owners === undefined) added.push(each);
      if (owners === undefined) this.byReferred.set(each, new Set([owner]));
      else owners.add(owner);
    }
    for (const each of before) {
      if (now.has(each)) continue;
      const owners = this.byReferred.get(each);
      owners?.delete(owner);
      if (owners?.size === 0) {
        this.byReferred.delete(each);
        dropped.push(each);
      }
    }
    if (now.size > 0) this.byOwner.set(owner, now);
    else this.byOwner.delete(owner);
    return { added, dropped };
  }
}
