import type { SessionId } from "../domain/ids.ts";

export type EndReason = "session" | "rights" | "shutdown";
export type OpenStream = {
  /** A person's id, or that of a wall link. */
  readonly readerId: string;
  readonly sessionId: SessionId | null;
  end(reason: EndReason): void;
};

/** Every open stream of this process, so that what ends a session or changes a right ends the streams that stand on it. */
export type Streams = {
  add(stream: OpenStream): () => void;
  countOf(readerId: string): number;
  size(): number;
  endReader(readerId: string, reason: EndReason): void;
  endSession(sessionId: string): void;
  endAll(reason: EndReason): void;
  /** True once `endAll` was called: no new stream may open. */
  readonly closed: boolean;
};

export function createStreams(onChange: (open: number) => void): Streams {
  const open = new Set<OpenStream>();
  let closed = false;
  const endWhere = (reason: EndReason, matches: (stream: OpenStream) => boolean) => {
    for (const stream of [...open]) if (matches(stream)) stream.end(reason);
  };
  return {
    add: (stream) => {
      open.add(stream);
      onChange(open.size);
      return () => {
        if (open.delete(stream)) onChange(open.size);
      };
    },
    countOf: (readerId) => [...open].filter((stream) => stream.readerId === readerId).length,
    size: () => open.size,
    endReader: (readerId, reason) => endWhere(reason, (stream) => stream.readerId === readerId),
    endSession: (sessionId) => endWhere("session", (stream) => stream.sessionId === sessionId),
    endAll: (reason) => {
      closed = true;
      endWhere(reason, () => true);
    },
    get closed() {
      return closed;
    },
  };
}
