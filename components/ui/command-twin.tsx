"use client";
import { CopyButton } from "./copy-button.tsx";

export type TwinLine = { readonly comment?: string; readonly command: string };

/** The same thing on the command line. Commands are shown as they are typed and copied without their comments. */
export function CommandTwin({ lines, label }: { readonly lines: readonly TwinLine[]; readonly label: string }) {
  return (
    <div>
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="overflow-x-auto rounded-md border border-line bg-canvas px-3 py-2.5 text-[12px]/[19px]"
      >
        {lines.map(({ comment, command }) => (
          <span key={command} className="block">
            {comment !== undefined && <span className="block text-faint"># {comment}</span>}
            {command}
          </span>
        ))}
      </pre>
      <div className="mt-2">
        <CopyButton text={lines.map(({ command }) => command).join("\n")} />
      </div>
    </div>
  );
}
