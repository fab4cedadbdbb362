import { InvalidArgumentError } from 'commander';
import { parseFieldSelector, parseLabelSelector, printable } from 'kuberx';

// An RFC 1123 label.
const namespacePattern = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** A value that is not blank. Like the others here, it throws what commander turns into a message. */
export function filled(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  return text;
}

/** The name of a namespace. */
export function namespaceName(text: string): string {
  if (!namespacePattern.test(text)) throw new InvalidArgumentError('Invalid name of a namespace.');
  return text;
}

/** A label selector that the server would understand. */
export function labelSelector(text: string): string {
  return selector(text, parseLabelSelector);
}

/** A field selector that the server would understand; which fields it knows is seen when it is asked. */
export function fieldSelector(text: string): string {
  return selector(text, parseFieldSelector);
}

function selector(text: string, parse: (text: string) => unknown): string {
  try {
    parse(text);
    return text;
  } catch (error) {
    throw new InvalidArgumentError(printable((error as Error).message));
  }
}

/** A whole number from 0 to `max`. */
export function wholeNumber(max: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(value <= max)) throw new InvalidArgumentError(`It takes a whole number from 0 to ${max}.`);
    return value;
  };
}

/** A number from `min` to `max`, without exponent. */
export function decimal(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    if (!(value >= min && value <= max)) throw new InvalidArgumentError(`It takes a number from ${min} to ${max}.`);
    return value;
  };
}
