import type { LiveTopic } from "./live-protocol.ts";
import type { Patch } from "./patch.ts";

/** Something a page shows: its cache key, the REST door that reads it again, and the topics that keep it current. */
export type LiveQuery<View> = {
  readonly key: readonly unknown[];
  readonly url: string;
  readonly topics: readonly { readonly on: LiveTopic; readonly patch: Patch<View> }[];
};
