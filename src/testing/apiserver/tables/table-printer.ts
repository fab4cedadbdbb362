import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { isJsonObject, type JsonObject } from '../objects/json-object.ts';
import { humanDuration } from './human-duration.ts';

/** A column of a table, as a server describes it. The prose of a kube-apiserver is left out. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly description: string;
  /** 0: always shown. */
  readonly priority: number;
}

/** How the objects of a resource are shown in rows. */
export interface TablePrinter {
  readonly columns: readonly Column[];
  /** One value for each column. `now` in milliseconds. */
  readonly cells: (object: KubernetesObject, now: number) => readonly unknown[];
}

/** An object to be shown, and the parts of it that columns are made of. */
export class Shown {
  readonly #object: unknown;
  readonly #now: number;

  constructor(object: unknown, now: number) {
    this.#object = object;
    this.#now = now;
  }

  /** The value at a path, `spec.replicas`; `undefined` where there is none. */
  at(path: string): unknown {
    return path
      .split('.')
      .reduce<unknown>((value, step) => (isJsonObject(value) ? value[step] : undefined), this.#object);
  }

  text(path: string, otherwise = ''): string {
    const value = this.at(path);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : otherwise;
  }

  number(path: string, otherwise = 0): number {
    const value = this.at(path);
    return typeof value === 'number' ? value : otherwise;
  }

  /** The objects of a list. */
  items(path: string): readonly JsonObject[] {
    const value = this.at(path);
    return Array.isArray(value) ? value.filter(isJsonObject) : [];
  }

  /** Each object of a list as a thing to be shown. */
  each(path: string): readonly Shown[] {
    return this.items(path).map((item) => new Shown(item, this.#now));
  }

  /** How many entries a list or a map has. */
  size(path: string): number {
    const value = this.at(path);
    return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
  }

  /** The time since then; `<unknown>` where there is no time. */
  age(path = 'metadata.creationTimestamp'): string {
    const time = Date.parse(this.text(path));
    return Number.isNaN(time) ? '<unknown>' : humanDuration((this.#now - time) / 1000);
  }

  /** The time between two times; of one that has not ended, until now. */
  span(from: string, to: string): string {
    const start = Date.parse(this.text(from));
    const end = this.at(to) === undefined ? this.#now : Date.parse(this.text(to));
    return Number.isNaN(start) ? '' : humanDuration((end - start) / 1000);
  }

  /** A map as `a=b,c=d`; `<none>` where it is empty. */
  labels(path: string): string {
    const value = this.at(path);
    if (!isJsonObject(value)) return '<none>';
    const pairs = Object.entries(value).map(([key, each]) => `${key}=${String(each)}`);
    return pairs.sort().join(',') || '<none>';
  }

  /** A label selector as kubectl takes it; `<none>` where it is empty. */
  selector(path: string): string {
    const words: Readonly<Record<string, string>> = { In: ' in ', NotIn: ' notin ' };
    const expressions = this.items(`${path}.matchExpressions`).map(({ key, operator, values }) => {
      const name = String(key);
      if (operator === 'Exists') return name;
      if (operator === 'DoesNotExist') return `!${name}`;
      return `${name}${words[String(operator)] ?? ' '}(${(Array.isArray(values) ? values : []).join(',')})`;
    });
    const labels = this.labels(`${path}.matchLabels`);
    return [...(labels === '<none>' ? [] : [labels]), ...expressions].join(',') || '<none>';
  }

  /** One field of each object of a list, with commas between. */
  joined(path: string, field: string): string {
    return this.each(path)
      .map((item) => item.text(field))
      .join(',');
  }
}

/**
 * A printer whose columns are in words, `Name|Ready|Age|IP!`: `!` ends what is shown by `-o wide` only, `#` a number, `?` what is true
 * or false, `@` a time.
 */
export function tablePrinter(columns: string, cells: (object: Shown) => readonly unknown[]): TablePrinter {
  return {
    columns: columns.split('|').map(columnOf),
    cells: (object, now) => [object.metadata.name, ...cells(new Shown(object, now))],
  };
}

const types: Readonly<Record<string, string>> = { '#': 'integer', '?': 'boolean', '@': 'date' };

function columnOf(word: string): Column {
  const [, name = '', mark = '', wide = ''] = /^(.*?)([#?@]?)(!?)$/.exec(word) ?? [];
  const type = types[mark] ?? 'string';
  return { name, type, format: name === 'Name' ? 'name' : '', description: '', priority: wide === '' ? 0 : 1 };
}
