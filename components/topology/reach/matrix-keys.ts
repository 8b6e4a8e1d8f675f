export type Cell = { readonly row: number; readonly column: number };
type Size = { readonly rows: number; readonly columns: number; readonly pageRows: number };
type Press = { readonly key: string; readonly ctrlKey: boolean };

/** Where a key moves in the grid, as the grid pattern says; null when the key is none of the grid's. Never leaves the grid. */
export function moveInGrid(cell: Cell, { key, ctrlKey }: Press, { rows, columns, pageRows }: Size): Cell | null {
  const to = (row: number, column: number): Cell => ({ row: clamp(row, rows), column: clamp(column, columns) });
  switch (key) {
    case "ArrowUp":
      return to(ctrlKey ? 0 : cell.row - 1, cell.column);
    case "ArrowDown":
      return to(ctrlKey ? rows : cell.row + 1, cell.column);
    case "ArrowLeft":
      return to(cell.row, ctrlKey ? 0 : cell.column - 1);
    case "ArrowRight":
      return to(cell.row, ctrlKey ? columns : cell.column + 1);
    case "Home":
      return to(ctrlKey ? 0 : cell.row, 0);
    case "End":
      return to(ctrlKey ? rows : cell.row, columns);
    case "PageUp":
      return to(cell.row - pageRows, cell.column);
    case "PageDown":
      return to(cell.row + pageRows, cell.column);
    default:
      return null;
  }
}

function clamp(at: number, count: number): number {
  return Math.max(0, Math.min(at, count - 1));
}
