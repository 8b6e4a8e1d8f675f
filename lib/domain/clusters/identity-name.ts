/** The AWSClusterRoleIdentity through which CAPA acts for one team in one account; made by the tenancy bootstrap, demanded by the admission policy. */
export function identityNameOf(namespace: string, account: string): string {
  return `trellis-${namespace}-${account}`;
}
