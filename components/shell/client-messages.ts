/** Sentences that every page's parts look up in the browser. Everything else arrives translated, or with `AreaMessages`. */
const BASE = ["uiKit", "uiShell", "uiPlan", "uiSignIn"];

export function clientMessages<Messages extends Readonly<Record<string, unknown>>>(
  messages: Messages,
  names: readonly string[] = BASE,
): Partial<Messages> {
  const picked: Partial<Messages> = {};
  for (const name in messages) if (names.includes(name)) picked[name] = messages[name];
  return picked;
}
