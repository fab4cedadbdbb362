import { firstValueFrom } from 'rxjs';
import { expect, it } from 'vitest';
import { CredentialsAsker } from '#src/rest/config/credentials-asker.ts';
import { CredentialsFailure } from '#src/rest/config/credentials-failure.ts';

it.each<[string, () => Error, string]>([
  ['are quoted', () => new CredentialsFailure('the file /token has no token'), 'v1/pods: the file /token has no token'],
  ['of another error are not', () => new Error('hunter2'), 'v1/pods: the credentials could not be read or refreshed'],
])('words %s, as they hold no secret', async (_, make, message) => {
  const asker = new CredentialsAsker({ read: () => Promise.reject(make()) });
  await expect(firstValueFrom(asker.ask('v1/pods', 1000))).rejects.toMatchObject({ reason: 'Credentials', message });
});
