import type { Translate } from "./translate.ts";

export type TextAnswer = { readonly mediaType: string; readonly write: (output: unknown, translate: Translate) => Response };

/** For queries whose view is one text: the answer is that text itself, offered as a download under `fileName`. */
export function textAnswer({
  mediaType,
  member,
  fileName,
}: {
  readonly mediaType: string;
  readonly member: string;
  readonly fileName: string;
}): TextAnswer {
  return {
    mediaType,
    write: (output) =>
      new Response(textOf(output, member), {
        headers: {
          "content-type": `${mediaType}; charset=utf-8`,
          "content-disposition": `attachment; filename="${fileName}"`,
          "cache-control": "no-store",
          "x-content-type-options": "nosniff",
        },
      }),
  };
}

function textOf(output: unknown, member: string): string {
  const text: unknown =
    typeof output === "object" && output !== null ? Object.entries(output).find(([name]) => name === member)?.[1] : undefined;
  if (typeof text !== "string") throw new Error(`the answer has no text "${member}"`);
  return text;
}
