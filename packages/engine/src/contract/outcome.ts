/**
 * The answer to a request that the world can refuse, with a message for the user: a bad file, a full disk. A bug of ours is a rejected
 * promise.
 */
export type Outcome<T> = { ok: true; value: T } | { ok: false; message: string }
