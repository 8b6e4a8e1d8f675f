/** `j`, `?`, `/`, or with `mod+` for the command key of the machine: `mod+k`, `mod+enter`. */
export type ShortcutKey = string;

type Press = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
};

/** Does a key press mean this shortcut? Never while an input method composes. */
export function matches(shortcut: ShortcutKey, press: Press): boolean {
  if (press.isComposing || press.altKey) return false;
  const mod = press.ctrlKey || press.metaKey;
  const wantsMod = shortcut.startsWith("mod+");
  return mod === wantsMod && press.key.toLowerCase() === shortcut.replace("mod+", "").toLowerCase();
}

/** A single character without a modifier: these can be turned off, and never act while somebody types. */
export function isSingleKey(shortcut: ShortcutKey): boolean {
  return Array.from(shortcut).length === 1;
}
