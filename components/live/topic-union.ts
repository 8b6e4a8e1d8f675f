import { type LiveTopic, topicId } from "./live-protocol.ts";

/** The server takes at most this many topics a stream. */
export const MAX_TOPICS = 32;
const FORGET_AFTER_MS = 90_000;

type Wish = { readonly topics: readonly LiveTopic[]; readonly heardAt: number };

/** What the tabs of this browser want together; a tab that is silent for long has crashed and is forgotten. */
export type TopicUnion = {
  readonly want: (tab: string, topics: readonly LiveTopic[], nowMs: number) => void;
  readonly leave: (tab: string) => void;
  /** Each topic once, sorted by id, so that equal wishes give an equal stream. */
  readonly topics: (nowMs: number) => readonly LiveTopic[];
};

export function createTopicUnion(): TopicUnion {
  const wishes = new Map<string, Wish>();
  return {
    want: (tab, topics, heardAt) => {
      // Setting anew keeps the newest wish last.
      wishes.delete(tab);
      wishes.set(tab, { topics, heardAt });
    },
    leave: (tab) => {
      wishes.delete(tab);
    },
    topics: (nowMs) => {
      for (const [tab, { heardAt }] of wishes) if (nowMs - heardAt > FORGET_AFTER_MS) wishes.delete(tab);
      // The newest wishes first: when there are too many topics, the page somebody just opened is live.
      const byId = new Map([...wishes.values()].reverse().flatMap(({ topics }) => topics.map((topic) => [topicId(topic), topic] as const)));
      return [...byId]
        .slice(0, MAX_TOPICS)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, topic]) => topic);
    },
  };
}
