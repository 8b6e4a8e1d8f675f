/** Whose a thing is: the account in its ARN. */
export function accountOf(arn: string | null | undefined): string | null {
  return /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(arn ?? "")?.[1] ?? null;
}
