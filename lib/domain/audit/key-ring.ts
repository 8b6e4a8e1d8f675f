/** The audit's keys by id; new rows and heads are made with `current`, older keys stay to verify what they made. Lives outside the database. */
export type KeyRing = { readonly current: string; readonly keys: ReadonlyMap<string, Uint8Array<ArrayBuffer>> };
