import { z } from "zod";

/** Branded identifiers: a TeamId cannot be passed where a UserId is wanted. */
export const TeamId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,40}$/)
  .brand<"TeamId">();
export type TeamId = z.infer<typeof TeamId>;

export const UserId = z.uuid().brand<"UserId">();
export type UserId = z.infer<typeof UserId>;

/** Shown as `R-1042`; the number comes from a database sequence. */
export const RequestId = z
  .string()
  .regex(/^R-[1-9][0-9]{0,9}$/)
  .brand<"RequestId">();
export type RequestId = z.infer<typeof RequestId>;

export const SessionId = z.uuid().brand<"SessionId">();
export type SessionId = z.infer<typeof SessionId>;

export const WallLinkId = z.uuid().brand<"WallLinkId">();
export type WallLinkId = z.infer<typeof WallLinkId>;

/** SHA-256 as 64 lower-case hex digits. */
export const ContentHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<"ContentHash">();
export type ContentHash = z.infer<typeof ContentHash>;
