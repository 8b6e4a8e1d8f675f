import { CopyButton } from "./copy-button.tsx";

type Props = { readonly yaml: string; readonly label: string; readonly copy?: boolean; readonly maxHeight?: boolean };

const KEY = /^(\s*(?:- )?)([^\s:#'"][^:]*)(:)(?=\s|$)/;

/** YAML as it is, keys in accent, comments faint. Scrolls by itself and takes the focus for it. */
export function YamlView({ yaml, label, copy = true, maxHeight = true }: Props) {
  return (
    <div>
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className={`overflow-auto rounded-md border border-line bg-canvas px-3 py-2.5 text-[12px]/[19px] ${maxHeight ? "max-h-[36rem]" : ""}`}
      >
        {yaml.split("\n").map((line, at) => (
          <YamlLine key={at} line={line} />
        ))}
      </pre>
      {copy && (
        <div className="mt-2">
          <CopyButton text={yaml} />
        </div>
      )}
    </div>
  );
}

function YamlLine({ line }: { readonly line: string }) {
  if (line.trimStart().startsWith("#")) return <span className="block text-faint">{line}</span>;
  const key = KEY.exec(line);
  if (key === null) return <span className="block min-h-[19px]">{line}</span>;
  const [whole, indent, name] = key;
  return (
    <span className="block">
      {indent}
      <span className="text-accent">{name}</span>
      {line.slice(whole.length - 1)}
    </span>
  );
}
