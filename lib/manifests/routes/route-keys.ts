/** Prefix of every key that the gateway controller reads or writes (lattice.md, prefix shorthand `ANK/`). */
const ANK = "application-networking.k8s.aws/";

/** API groups of the objects a route is made of. */
export const GATEWAY_GROUP = "gateway.networking.k8s.io";
export const LATTICE_GROUP = "application-networking.k8s.aws";

/** Annotations that the controller reads (lattice.md §1.4, §1.7, §1.8). */
export const SERVICE_NAME_OVERRIDE = `${ANK}service-name-override`;
export const LATTICE_TAGS_ANNOTATION = `${ANK}tags`;
export const FEDERATION = `${ANK}federation`;
export const EXPORTED_SERVICE = `${ANK}service-name`;
export const EXPORT_NAME = `${ANK}export-name`;
export const IMPORT_CLUSTER = `${ANK}aws-eks-cluster-name`;
export const IMPORT_VPC = `${ANK}aws-vpc`;

/** Annotations that the controller writes (lattice.md §1.4, §1.11). */
export const ASSIGNED_DOMAIN = `${ANK}lattice-assigned-domain-name`;
export const SERVICE_ARN = `${ANK}lattice-service-arn`;
export const POLICY_RESOURCE_ID = `${ANK}iam-auth-policy-resource-id`;
export const ACCESS_LOG_SUBSCRIPTION = `${ANK}accessLogSubscription`;

/** Who may call, as JSON of the callers; ours, so that a page can say it without reading IAM. */
export const CALLERS = "trellis.internal/callers";
