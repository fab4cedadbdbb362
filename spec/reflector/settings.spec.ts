import { expect, it } from 'vitest';
import { listAndWatchSettings, type SessionOptions } from '#src/reflector/settings.ts';

it('takes an option that is undefined for one that is not given', () => {
  const { admit: _admit, ...defaults } = listAndWatchSettings({});
  const names = ['admit', ...Object.keys(defaults)];
  // Callers without exactOptionalPropertyTypes hand such options on.
  const options = Object.fromEntries(names.map((name) => [name, undefined])) as SessionOptions<string>;
  const settings = listAndWatchSettings(options);
  expect(settings).toMatchObject(defaults);
  expect(settings.admit('same')).toBe('same');
});

it('refuses an admit that is not a function, at once and not for each object', () => {
  expect(() => listAndWatchSettings({ admit: null as never })).toThrow(
    new TypeError('admit is null; it takes a function. Nothing was started.'),
  );
});
