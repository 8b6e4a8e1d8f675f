import { z } from "zod";

/** What one replica tells the others of a service that somebody waits for (source `attention/<account>`). */
export const AttentionFact = z.strictObject({ attended: z.boolean(), wantedAt: z.nullable(z.iso.datetime()) });
