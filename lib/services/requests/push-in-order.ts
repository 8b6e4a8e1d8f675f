import type { Context } from "../context.ts";
import type { TopicEvent } from "../topic.ts";

/** Events of one subscriber, read one after the other so that an older reading never overtakes a newer one. A reading that fails becomes a `resync`. */
export function pushInOrder(ctx: Context, push: (event: TopicEvent) => void): (read: () => Promise<TopicEvent | null>) => void {
  let last: Promise<void> = Promise.resolve();
  return (read) => {
    last = last.then(read).then(
      (event) => {
        if (event !== null && !ctx.signal.aborted) push(event);
      },
      (error: unknown) => {
        ctx.log.warn("requests.topic.readFailed", { error });
        if (!ctx.signal.aborted) push({ type: "resync" });
      },
    );
  };
}
