/** Transactions are short: nothing in them waits for another system. */
export const TRANSACTION_OPTIONS = { timeout: 10_000, maxWait: 5000, isolationLevel: "ReadCommitted" } as const;
