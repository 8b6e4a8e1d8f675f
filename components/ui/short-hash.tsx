/** Enough of a hash to compare by eye; the whole in the title. */
export function ShortHash({ hash }: { readonly hash: string }) {
  return (
    <code title={hash} className="whitespace-nowrap">
      {shortHash(hash)}
    </code>
  );
}

export function shortHash(hash: string): string {
  return hash.length <= 12 ? hash : `${hash.slice(0, 4)}…${hash.slice(-4)}`;
}
