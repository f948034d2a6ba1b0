/** The answer to a request that the world can refuse: a bad file, a full disk. A bug of ours is a rejected promise instead. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; message: string }
