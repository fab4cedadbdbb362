interface Node {
  readonly key: string;
  state: 'waiting' | 'working' | 'workingAndAdded';
  after: Node | undefined;
}

/** The least that a work queue can be: a Map of what is known of each key, and a linked line. It has no time and no priority. */
export class BareQueue {
  private readonly nodes = new Map<string, Node>();
  private first: Node | undefined;
  private last: Node | undefined;

  add(key: string): void {
    const known = this.nodes.get(key);
    if (known === undefined) {
      const node: Node = { key, state: 'waiting', after: undefined };
      this.nodes.set(key, node);
      this.append(node);
    } else if (known.state === 'working') known.state = 'workingAndAdded';
  }

  get(): Node | undefined {
    const node = this.first;
    if (node === undefined) return undefined;
    this.first = node.after;
    if (this.first === undefined) this.last = undefined;
    node.after = undefined;
    node.state = 'working';
    return node;
  }

  done(node: Node): void {
    if (node.state === 'workingAndAdded') {
      node.state = 'waiting';
      this.append(node);
    } else this.nodes.delete(node.key);
  }

  private append(node: Node): void {
    if (this.last === undefined) this.first = node;
    else this.last.after = node;
    this.last = node;
  }
}
