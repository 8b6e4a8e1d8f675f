/** Name of the session cookie, the same that lib/adapters/identity gives its six; kept apart so that the guard need not load the sign-in library. */
export function sessionCookieName(installationId: string): string {
  return `trellis-${installationId}.sessionToken`;
}
