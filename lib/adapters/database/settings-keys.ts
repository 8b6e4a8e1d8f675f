export const PRICES_KEY = "prices";
export const NETWORKING_KEY = "networking";
export const KIND_POLICIES_KEY = "kind-policies";
