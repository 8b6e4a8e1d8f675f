export const PRICES_KEY = "prices";
export const KIND_POLICIES_KEY = "kind-policies";
