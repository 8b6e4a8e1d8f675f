/** The sentences that components in the browser look up themselves: everything else arrives translated. */
export function clientMessages<Messages extends Readonly<Record<string, unknown>>>(messages: Messages): Partial<Messages> {
  const picked: Partial<Messages> = {};
  for (const name in messages) if (name.startsWith("ui")) picked[name] = messages[name];
  return picked;
}
