/**
 * Why a request is held back on this side of the connection.
 *
 * - `turn`: as many requests are out as may be at once.
 * - `hidden`: the page is hidden, and nobody sees what would come.
 * - `asleep`: the machine was asleep; what was open is not trusted, and opened again shortly.
 * - `offline`: there is no network.
 * - `signed out`: the server no longer takes the credentials.
 */
export type HoldReason = 'turn' | 'hidden' | 'asleep' | 'offline' | 'signed out';

/** Called with the reason when a request is held back, or what was open is given back; and without one when it is sent. */
export type Held = (reason?: HoldReason) => void;
