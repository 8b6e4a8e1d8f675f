/** The sign of the product: a lattice with two joints lit. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 20 20" width={size} height={size} aria-hidden="true" className="flex-none text-accent">
      <path d="M5 2v16M10 2v16M15 2v16M2 6h16M2 13h16" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      <circle cx="10" cy="6" r="2.3" fill="currentColor" />
      <circle cx="15" cy="13" r="2.3" fill="currentColor" />
    </svg>
  );
}
