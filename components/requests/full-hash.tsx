/** A whole content hash in groups of four, so that two people can read it to each other. */
export function FullHash({ hash }: { readonly hash: string }) {
  return (
    <code title={hash} className="text-caption text-text [overflow-wrap:anywhere]">
      sha256 {(hash.match(/.{1,4}/g) ?? []).join(" ")}
    </code>
  );
}
