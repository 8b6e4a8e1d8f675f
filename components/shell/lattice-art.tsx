const VERTICAL = [40, 130, 220, 310, 400, 490, 580, 670, 760, 850];
const HORIZONTAL = [60, 170, 280, 390, 500, 610, 720, 830];
const JOINTS = [
  { x: 310, y: 280 },
  { x: 490, y: 500 },
  { x: 580, y: 500 },
  { x: 580, y: 390 },
  { x: 310, y: 720 },
  { x: 670, y: 170 },
  { x: 220, y: 170 },
  { x: 760, y: 610 },
  { x: 130, y: 610 },
  { x: 670, y: 830 },
  { x: 400, y: 60 },
];
const LIT = [
  { x: 130, y: 280 },
  { x: 310, y: 500 },
  { x: 760, y: 390 },
  { x: 490, y: 720 },
];

/** A trellis with one path lit; nothing to read. */
export function LatticeArt() {
  return (
    <div aria-hidden="true" className="relative overflow-hidden border-line border-l bg-canvas max-md:hidden">
      <svg viewBox="0 0 880 920" preserveAspectRatio="xMidYMid slice" className="absolute inset-0 size-full">
        <g className="fill-none stroke-line">
          {VERTICAL.map((x) => (
            <line key={x} x1={x} y1="0" x2={x} y2="920" />
          ))}
          {HORIZONTAL.map((y) => (
            <line key={y} x1="0" y1={y} x2="880" y2={y} />
          ))}
        </g>
        <path d="M130 280H310V500H580V390H760M310 500V720H490" className="fill-none stroke-2 stroke-accent" />
        {JOINTS.map(({ x, y }) => (
          <circle key={`${x}/${y}`} cx={x} cy={y} r="5" className="fill-surface stroke-[1.5] stroke-line-strong" />
        ))}
        {LIT.map(({ x, y }) => (
          <circle key={`${x}/${y}`} cx={x} cy={y} r="7" className="fill-accent" />
        ))}
      </svg>
    </div>
  );
}
