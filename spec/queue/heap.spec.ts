import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Heap, heap as makeHeap } from 'kuberx/queue';

interface Task {
  readonly name: string;
  readonly due: number;
}

const heap = (): Heap<Task> => makeHeap<Task>({ key: ({ name }) => name, less: (a, b) => a.due < b.due });
const task = (name: string, due: number): Task => ({ name, due });

function popped(from: Heap<Task>): string[] {
  const names: string[] = [];
  for (let next = from.pop(); next !== undefined; next = from.pop()) names.push(next.name);
  return names;
}

function filled(): Heap<Task> {
  const tasks = heap();
  for (const [name, due] of Object.entries({ foo: 10, bar: 1, baz: 11, zab: 30, faz: 20 })) tasks.add(task(name, due));
  return tasks;
}

describe('Heap', () => {
  it('gives the smallest first', () => {
    const tasks = heap();
    const dues = Array.from({ length: 500 }, (_, index) => (index * 7919) % 500);
    for (const due of dues) tasks.add(task(`t${due}`, due));
    expect(tasks.size).toBe(500);
    expect(tasks.peek()).toEqual(task('t0', 0));
    expect(popped(tasks)).toEqual(Array.from({ length: 500 }, (_, index) => `t${index}`));
    expect(tasks.peek()).toBeUndefined();
    expect(tasks.pop()).toBeUndefined();
  });

  it('takes add and update for upserts, and moves the value to where it belongs, up or down', () => {
    const tasks = filled();
    tasks.add(task('faz', 0));
    tasks.update(task('bar', 100));
    expect(tasks.size).toBe(5);
    expect(popped(tasks)).toEqual(['faz', 'foo', 'baz', 'zab', 'bar']);
  });

  it('keeps what it has where it is told to add what is not present', () => {
    const tasks = filled();
    tasks.addIfNotPresent(task('bar', 100));
    tasks.addIfNotPresent(task('new', 2));
    expect(popped(tasks)).toEqual(['bar', 'new', 'foo', 'baz', 'faz', 'zab']);
  });

  it('removes the first, the last and one between, and says where there is none', () => {
    for (const [name, rest] of [
      ['bar', ['foo', 'baz', 'faz', 'zab']],
      ['zab', ['bar', 'foo', 'baz', 'faz']],
      ['baz', ['bar', 'foo', 'faz', 'zab']],
    ] as const) {
      const tasks = filled();
      expect(tasks.delete(task(name, 0))).toBe(true);
      expect(tasks.delete(task(name, 0))).toBe(false);
      expect(tasks.getByKey(name)).toBeUndefined();
      expect(popped(tasks)).toEqual(rest);
    }
  });

  it('finds values by key alone', () => {
    const tasks = filled();
    expect(tasks.get(task('baz', -1))).toEqual(task('baz', 11));
    expect(tasks.getByKey('baz')).toEqual(task('baz', 11));
    expect(tasks.getByKey('nothing')).toBeUndefined();
    expect(tasks.get(task('nothing', 1))).toBeUndefined();
    expect(tasks.listKeys().sort()).toEqual(['bar', 'baz', 'faz', 'foo', 'zab']);
    expect(
      tasks
        .list()
        .map(({ due }) => due)
        .sort((a, b) => a - b),
    ).toEqual([1, 10, 11, 20, 30]);
  });

  it('does all of a change or, where its order throws in the middle of one, nothing of it', () => {
    const verbs = fc.constantFrom('add', 'update', 'addIfNotPresent', 'delete', 'pop');
    const step = fc.record({
      verb: verbs,
      name: fc.nat(30).map((index) => `t${index}`),
      due: fc.nat(20),
      failsAfter: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 30, maxLength: 200, size: 'max' }), (steps) => {
        let comparisons = Infinity;
        const failure = new Error('no order');
        const less = (a: Task, b: Task): boolean => {
          if (comparisons-- <= 0) throw failure;
          return a.due < b.due;
        };
        const tasks = makeHeap<Task>({ key: ({ name }) => name, less });
        for (const { verb, name, due, failsAfter } of steps) {
          const [list, keys] = [tasks.list(), tasks.listKeys()];
          const change = (): unknown => (verb === 'pop' ? tasks.pop() : tasks[verb](task(name, due)));
          comparisons = failsAfter;
          try {
            change();
          } catch (error) {
            expect(error).toBe(failure);
            expect([tasks.list(), tasks.listKeys()]).toEqual([list, keys]);
            keys.forEach((key, index) => expect(tasks.getByKey(key)).toBe(list[index]));
            expect(tasks.size).toBe(keys.length);
            comparisons = Infinity;
            change();
          }
          comparisons = Infinity;
          expect(tasks.peek()?.due ?? Infinity).toBe(Math.min(...tasks.list().map((each) => each.due)));
        }
        const dues: number[] = [];
        for (let next = tasks.pop(); next !== undefined; next = tasks.pop()) dues.push(next.due);
        expect(dues).toEqual(dues.toSorted((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it('equals a sorted list over random histories', () => {
    const step = fc.record({
      verb: fc.constantFrom('add', 'add', 'update', 'addIfNotPresent', 'delete', 'pop'),
      name: fc.nat(30).map((index) => `t${index}`),
      due: fc.nat(20),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const tasks = heap();
        const model = new Map<string, number>();
        for (const { verb, name, due } of steps) {
          const least = Math.min(...model.values());
          if (verb === 'pop') {
            const gone = tasks.pop();
            expect(gone?.due).toBe(model.size === 0 ? undefined : least);
            if (gone !== undefined) expect(model.get(gone.name)).toBe(gone.due);
            if (gone !== undefined) model.delete(gone.name);
          } else if (verb === 'delete') {
            expect(tasks.delete(task(name, due))).toBe(model.delete(name));
          } else {
            tasks[verb](task(name, due));
            if (verb !== 'addIfNotPresent' || !model.has(name)) model.set(name, due);
          }
          expect(tasks.peek()?.due).toBe(model.size === 0 ? undefined : Math.min(...model.values()));
          expect(new Map(tasks.list().map(({ name: key, due: value }) => [key, value]))).toEqual(model);
          expect(tasks.listKeys().sort()).toEqual([...model.keys()].sort());
        }
      }),
      { numRuns: 60 },
    );
  });
});
