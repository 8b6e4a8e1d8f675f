export const EXPORT_KINDS = ["svg", "png", "mermaid", "json"] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];
