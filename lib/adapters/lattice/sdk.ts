type Sdk = {
  readonly lattice: typeof import("@aws-sdk/client-vpc-lattice");
  readonly tagging: typeof import("@aws-sdk/client-resource-groups-tagging-api");
  readonly sts: typeof import("@aws-sdk/client-sts");
};

let loading: Promise<Sdk> | undefined;

/** The AWS SDK, loaded at the first call: an installation without Lattice pays neither its memory nor its start. */
export function loadSdk(): Promise<Sdk> {
  loading ??= Promise.all([
    import("@aws-sdk/client-vpc-lattice"),
    import("@aws-sdk/client-resource-groups-tagging-api"),
    import("@aws-sdk/client-sts"),
  ]).then(([lattice, tagging, sts]) => ({ lattice, tagging, sts }));
  return loading;
}
