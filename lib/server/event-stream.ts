/** One Server-Sent Events answer. `send` never queues without bound: false says that the reader is too slow and the event was dropped. */
export type EventStream = {
  readonly response: Response;
  send(event: string, data: unknown): boolean;
  /** Called when the reader has caught up after `send` answered false. */
  onDrain(listener: () => void): void;
  onClose(listener: () => void): void;
  close(): void;
};

const RETRY_MS = 2000;
const HIGH_WATER_BYTES = 256 * 1024;

/** Opens the stream. Closes by `close()`, by the reader leaving (`signal` or cancel), whichever is first; listeners hear it once. */
export function openEventStream(signal: AbortSignal): EventStream {
  const encoder = new TextEncoder();
  const closers = new Set<() => void>();
  let drained: () => void = () => undefined;
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let starved = false;

  const finish = (endBody: boolean) => {
    if (controller === null) return;
    if (endBody) controller.close();
    controller = null;
    for (const closer of closers) closer();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start: (started) => {
        controller = started;
        started.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`));
      },
      pull: () => {
        if (!starved) return;
        starved = false;
        drained();
      },
      cancel: () => finish(false),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER_BYTES }),
  );
  signal.addEventListener("abort", () => finish(true), { once: true });
  if (signal.aborted) finish(true);

  return {
    response: new Response(body, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform", "x-accel-buffering": "no" },
    }),
    send: (event, data) => {
      if (controller === null) return true;
      if ((controller.desiredSize ?? 0) <= 0) {
        starved = true;
        return false;
      }
      controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
      return true;
    },
    onDrain: (listener) => {
      drained = listener;
    },
    onClose: (listener) => {
      if (controller === null) listener();
      else closers.add(listener);
    },
    close: () => finish(true),
  };
}
