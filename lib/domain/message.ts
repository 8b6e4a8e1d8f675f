import { z } from "zod";
import type { MessageValues } from "./portal-error.ts";

/** A sentence that a door still has to translate: a key in messages/*.json with its values. Values may be Messages themselves. */
export type Message = { readonly messageKey: string; readonly values: Readonly<Record<string, string | number | Message>> };

export const Message: z.ZodType<Message> = z
  .lazy(() => z.strictObject({ messageKey: z.string(), values: z.record(z.string(), z.union([z.string(), z.number(), Message])) }))
  .meta({ id: "Message" });

export function message(messageKey: string, values: Message["values"] | MessageValues = {}): Message {
  return { messageKey, values };
}

/** The same shape after a door has translated it: every Message has become a sentence. */
export type Localized<T> = T extends Message
  ? string
  : T extends readonly (infer E)[]
    ? readonly Localized<E>[]
    : T extends object
      ? { [K in keyof T]: Localized<T[K]> }
      : T;
