/** The reason why there are no credentials, in words for an error. It holds no secret. */
export class CredentialsFailure extends Error {}
