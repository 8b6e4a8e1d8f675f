/** Labels and annotations that Trellis writes; `.internal` is reserved for private use. */
export const MANAGED_BY = "app.kubernetes.io/managed-by";
export const TRELLIS = "trellis";

export const TEAM = "trellis.internal/team";
export const ACCOUNT = "trellis.internal/account";
export const VISIBILITY = "trellis.internal/visibility";
/** `<blueprint>@<version>`: an annotation, because labels take no `@`. */
export const BLUEPRINT = "trellis.internal/blueprint";
export const DESCRIPTION = "trellis.internal/description";
/** On every object of a route, beside the team: which route it belongs to. */
export const ROUTE = "trellis.internal/route";
/** Marks namespaces of the management cluster that hold ServiceImports: the platform's, named like the providers' namespaces. */
export const IMPORTS = "trellis.internal/imports";
export const AWS_ACCOUNT = "trellis.internal/aws-account";

/** Provenance: added by delivery from the stored row, outside the content hash (product.md §5). */
export const REQUEST = "trellis.internal/request";
export const CONTENT_HASH = "trellis.internal/content-hash";
export const DELETE_REQUEST = "trellis.internal/delete-request";

/** Cluster API's own link from every object to its Cluster. */
export const CLUSTER_NAME = "cluster.x-k8s.io/cluster-name";
