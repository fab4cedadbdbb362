import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import { expect } from 'vitest';
import type { InformerEvent } from 'kuberx';
import { type Pod, pod } from '../store/pods.ts';

/** Runs one marble spec: what is expected is compared by value, frame by frame. */
export function marbles(spec: (helpers: RunHelpers) => void): void {
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(spec);
}

/**
 * An event by its word: `+a@1` added, `+a@1!` in the initial list, `~a@1>2` updated, `-a@3` deleted, `-a@3?` unseen. What
 * follows a colon is the uid: `+a@4:new` is another object of the same name. `blue/+a@1` comes from the part `blue`.
 */
export function event(word: string): InformerEvent<Pod> {
  const [, part, sign, name, from, to, uid, mark] =
    /^(?:(\w+)\/)?([+~-])(\w+)@(\d+)(?:>(\d+))?(?::(\w+))?([!?])?$/.exec(word) ?? [];
  if (name === undefined || from === undefined) throw new Error(`${word} is not a word of an event`);
  const at = (version: string): Pod => pod(name, { version, ...(uid === undefined ? {} : { uid }) });
  const bare = (): InformerEvent<Pod> => {
    switch (sign) {
      case '+':
        return { type: 'added', object: at(from), isInInitialList: mark === '!' };
      case '-':
        return { type: 'deleted', object: at(from), finalStateUnknown: mark === '?' };
      default:
        return { type: 'updated', object: at(to ?? from), oldObject: at(from) };
    }
  };
  return part === undefined ? bare() : { ...bare(), ...{ part } };
}

/** The events of several words, by letters for marbles: a is the first one, b the second one. */
export function events(words: string): Record<string, InformerEvent<Pod>> {
  return Object.fromEntries(words.split(' ').map((word, index) => [letter(index), event(word)]));
}

/** Several words by letters, as {@link events} are. */
export function wordsOf(words: string): Record<string, string> {
  return Object.fromEntries(words.split(' ').map((word, index) => [letter(index), word]));
}

/** The word of an event. An update from one uid to another names the later one. */
export function word(told: InformerEvent<Pod> & { readonly part?: string }): string {
  const { metadata } = told.object;
  const uid = metadata.uid === `uid of ${metadata.name}` ? '' : `:${metadata.uid ?? ''}`;
  const version = metadata.resourceVersion ?? '';
  const part = told.part === undefined ? '' : `${told.part}/`;
  switch (told.type) {
    case 'added':
      return `${part}+${metadata.name}@${version}${uid}${told.isInInitialList ? '!' : ''}`;
    case 'updated': {
      const before = told.oldObject.metadata.resourceVersion ?? '';
      return `${part}~${metadata.name}@${before}${before === version ? '' : `>${version}`}${uid}`;
    }
    case 'deleted':
      return `${part}-${metadata.name}@${version}${uid}${told.finalStateUnknown ? '?' : ''}`;
  }
}

const letter = (index: number): string => String.fromCharCode('a'.charCodeAt(0) + index);
