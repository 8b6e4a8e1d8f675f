import { toMermaid } from "../../../lib/domain/topology/to-mermaid.ts";
import type { ExportKind } from "./export-kinds.ts";
import type { MapLayout } from "./map-layout.ts";
import { mapToSvg } from "./map-svg.ts";
import type { ShownTopology } from "./map-view.ts";

const PNG_SCALE = 2;
const MOST_PIXELS = 60_000_000;

type Sources = { readonly view: ShownTopology; readonly layout: MapLayout; readonly words: Parameters<typeof mapToSvg>[2] };

/** Makes the file in the browser and hands it to the reader. Nothing leaves the machine. */
export async function exportMap(kind: ExportKind, { view, layout, words }: Sources): Promise<void> {
  const name = `topology-${new Date().toISOString().slice(0, 16).replaceAll(":", "")}`;
  if (kind === "json") return save(new Blob([`${JSON.stringify(view, null, 2)}\n`], { type: "application/json" }), `${name}.json`);
  if (kind === "mermaid") return save(new Blob([toMermaid(view)], { type: "text/plain;charset=utf-8" }), `${name}.mmd`);
  const { svg, width, height } = mapToSvg(view, layout, words);
  if (kind === "svg") return save(new Blob([svg], { type: "image/svg+xml" }), `${name}.svg`);
  save(await toPng(svg, { width, height }), `${name}.png`);
}

/** The picture goes into the canvas as a data URL, which the content security policy allows; it refers to nothing outside itself. */
async function toPng(svg: string, { width, height }: { readonly width: number; readonly height: number }): Promise<Blob> {
  const scale = Math.min(PNG_SCALE, Math.sqrt(MOST_PIXELS / Math.max(1, width * height)));
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser draws no canvas");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error("the canvas gave no picture")) : resolve(blob)), "image/png"),
  );
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
