import { expect, it } from 'vitest';
import { ProgramError } from '#src/testing/apiserver/program/program-error.ts';

it('has its name, and the text for the person who started the program', () => {
  const error = new ProgramError('--token is empty');
  expect([error.name, error.message]).toEqual(['ProgramError', '--token is empty']);
  expect(error).toBeInstanceOf(Error);
});
