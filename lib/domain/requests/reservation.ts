/** What a request holds until it, or the object it made, is gone (product.md §5, "Reservations"). Names are held from submit, quota from approval. */
export type Reservation =
  | { readonly type: "name"; readonly key: string }
  | { readonly type: "aws-name"; readonly key: string }
  /** Any other name that two requests must not hold at once: an export (`export/<destination>/<namespace>/<kubeService>`). */
  | { readonly type: "key"; readonly key: string }
  | { readonly type: "quota"; readonly unit: "clusters"; readonly amount: number };
