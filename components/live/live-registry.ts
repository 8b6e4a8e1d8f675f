import type { QueryClient } from "@tanstack/react-query";
import type { LiveEvent, LiveTopic } from "./live-protocol.ts";
import { topicId } from "./live-protocol.ts";
import type { LiveQuery } from "./live-query.ts";
import type { Patched } from "./patch.ts";

const GATHER_MS = 120;
/** A busy fleet changes all the time: one view is not read more often than this. */
const AT_MOST_EVERY_MS = 2000;

type Binding = { readonly key: readonly unknown[]; readonly apply: (event: LiveEvent) => boolean };

/** Which queries of this tab hang on which topics, and how a push enters them. */
export type LiveRegistry = {
  readonly bind: <View>(query: LiveQuery<View>) => () => void;
  /** Tells what the queries of this tab want, now and at every change. */
  readonly connect: (onTopics: (topics: readonly LiveTopic[]) => void) => () => void;
  readonly onEvent: (id: string, event: LiveEvent) => void;
  /** Reads the queries of these topics again. */
  readonly onFresh: (ids: readonly string[]) => void;
  readonly readAll: () => void;
};

export function createLiveRegistry(client: QueryClient): LiveRegistry {
  const bindings = new Map<string, Set<Binding>>();
  const topics = new Map<string, LiveTopic>();
  const listeners = new Set<(topics: readonly LiveTopic[]) => void>();
  const waiting = new Set<string>();
  const readAt = new Map<string, number>();

  const readAgain = (queryKey: readonly unknown[]) => {
    const id = JSON.stringify(queryKey);
    if (waiting.has(id)) return;
    waiting.add(id);
    // Other tabs hear the same push: they do not all ask in the same instant.
    const gather = GATHER_MS * (1 + Math.random());
    const rest = (readAt.get(id) ?? 0) + AT_MOST_EVERY_MS - Date.now();
    setTimeout(
      () => {
        waiting.delete(id);
        readAt.set(id, Date.now());
        void client.invalidateQueries({ queryKey, exact: true });
      },
      Math.max(gather, rest),
    );
  };
  const onTopicsChange = () => {
    for (const listener of listeners) listener([...topics.values()]);
  };
  const bindingsOf = (id: string) => [...(bindings.get(id) ?? [])];

  return {
    bind: (query) => {
      const added = query.topics.map(({ on, patch }) => {
        const id = topicId(on);
        const binding: Binding = {
          key: query.key,
          apply: (event) => {
            let refetch = true;
            client.setQueryData<ViewOf<typeof query>>(query.key, (view) => {
              if (view === undefined) return undefined;
              const patched: Patched<ViewOf<typeof query>> = patch(view, event);
              refetch = patched.refetch;
              return patched.view;
            });
            return refetch;
          },
        };
        const set = bindings.get(id) ?? new Set();
        bindings.set(id, set.add(binding));
        topics.set(id, on);
        return { id, binding };
      });
      onTopicsChange();
      return () => {
        for (const { id, binding } of added) {
          const set = bindings.get(id);
          set?.delete(binding);
          if (set?.size !== 0) continue;
          bindings.delete(id);
          topics.delete(id);
        }
        onTopicsChange();
      };
    },
    connect: (onTopics) => {
      listeners.add(onTopics);
      onTopics([...topics.values()]);
      return () => {
        listeners.delete(onTopics);
      };
    },
    onEvent: (id, event) => {
      for (const { key, apply } of bindingsOf(id)) {
        // An answer on its way may be older than this push: it must not have the last word.
        const isAnswerDue = client.isFetching({ queryKey: key, exact: true }) > 0;
        if (apply(event) || isAnswerDue) readAgain(key);
      }
    },
    onFresh: (ids) => {
      for (const { key } of ids.flatMap(bindingsOf)) readAgain(key);
    },
    readAll: () => {
      for (const { key } of [...bindings.keys()].flatMap(bindingsOf)) readAgain(key);
    },
  };
}

type ViewOf<Query> = Query extends LiveQuery<infer View> ? View : never;
