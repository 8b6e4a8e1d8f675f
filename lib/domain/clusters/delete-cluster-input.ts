import { z } from "zod";

/** The typed name must equal the name: nobody deletes the wrong cluster by a slip. Names of foreign clusters may be longer than ours. */
export const DeleteClusterInput = z
  .strictObject({ namespace: z.string().min(1).max(63), name: z.string().min(1).max(63), typedName: z.string().max(63) })
  .refine(({ name, typedName }) => name === typedName, { path: ["typedName"], params: { key: "clusters.field.typedName" } });
export type DeleteClusterInput = z.infer<typeof DeleteClusterInput>;
