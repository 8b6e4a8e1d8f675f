/** The condition keys of one request, in lower case because IAM's keys know no case, with their values. A key that is not there is absent. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** A role's session that signs. `orgId`: of its organisation, if it is in one. */
export type SigningIdentity = {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly orgId: string | null;
};

export type ContextFacts = {
  /** Null: nobody signed. */
  readonly identity: SigningIdentity | null;
  readonly sourceVpc: string;
  readonly sourceVpcOwnerAccount: string;
  readonly networkArn: string;
  readonly serviceArn: string;
  readonly serviceTags: Readonly<Record<string, string>>;
  readonly port: number;
  readonly now: number;
  /** What an HTTP listener reads; null behind TLS passthrough, where Lattice sees none of it. */
  readonly http: {
    readonly method: string;
    readonly path: string;
    readonly query: URLSearchParams;
    readonly headers: Readonly<Record<string, string>>;
  } | null;
};

/** What Lattice puts beside a request for its policies: its own keys and the global ones that it names. */
export function requestContext(facts: ContextFacts): RequestContext {
  const context = new Map<string, string[]>();
  const put = (key: string, ...values: string[]) => context.set(key.toLowerCase(), values);
  put("vpc-lattice-svcs:SourceVpc", facts.sourceVpc);
  put("vpc-lattice-svcs:SourceVpcOwnerAccount", facts.sourceVpcOwnerAccount);
  put("vpc-lattice-svcs:ServiceNetworkArn", facts.networkArn);
  put("vpc-lattice-svcs:ServiceArn", facts.serviceArn);
  put("vpc-lattice-svcs:Port", String(facts.port));
  if (facts.http) {
    put("vpc-lattice-svcs:RequestMethod", facts.http.method);
    put("vpc-lattice-svcs:RequestPath", facts.http.path);
    for (const [name, value] of Object.entries(facts.http.headers)) put(`vpc-lattice-svcs:RequestHeader/${name}`, value);
    for (const name of new Set(facts.http.query.keys()))
      put(`vpc-lattice-svcs:RequestQueryString/${name}`, ...facts.http.query.getAll(name));
  }
  for (const [name, value] of Object.entries(facts.serviceTags)) put(`aws:ResourceTag/${name}`, value);
  put("aws:CurrentTime", new Date(facts.now).toISOString());
  put("aws:EpochTime", String(Math.floor(facts.now / 1_000)));
  putPrincipal(put, facts.identity);
  return context;
}

function putPrincipal(put: (key: string, ...values: string[]) => void, identity: SigningIdentity | null): void {
  if (!identity) {
    put("aws:PrincipalType", "Anonymous");
    return;
  }
  put("aws:PrincipalType", "AssumedRole");
  put("aws:PrincipalArn", identity.roleArn);
  put("aws:PrincipalAccount", accountOf(identity.roleArn));
  put("aws:PrincipalIsAWSService", "false");
  if (identity.orgId !== null) put("aws:PrincipalOrgID", identity.orgId);
  for (const [name, value] of Object.entries(identity.tags)) put(`aws:PrincipalTag/${name}`, value);
}

export function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}

/** `arn:aws:sts::…:assumed-role/<role without its path>/<session>` */
export function sessionArn({ roleArn, sessionName }: Pick<SigningIdentity, "roleArn" | "sessionName">): string {
  const partition = roleArn.split(":")[1] ?? "aws";
  return `arn:${partition}:sts::${accountOf(roleArn)}:assumed-role/${roleArn.slice(roleArn.lastIndexOf("/") + 1)}/${sessionName}`;
}
