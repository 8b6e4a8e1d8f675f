import "@fontsource-variable/noto-sans-jp";

/** Draws nothing: its style sheet is what counts. */
export function JapaneseFont() {
  return null;
}
