/** How many rows Home shows of each list; page and component read the same. */
export const HOME_CLUSTERS = { limit: "8" } as const;
export const HOME_ROUTES = { limit: "8" } as const;
export const HOME_REQUESTS = { limit: "12" } as const;
