"use server";

import { runAction } from "../server/run-action.ts";
import { createWallLink } from "../services/tenancy/create-wall-link.ts";
import { renewWallLink } from "../services/tenancy/renew-wall-link.ts";
import { revokeWallLink } from "../services/tenancy/revoke-wall-link.ts";

export async function createWallLinkAction(raw: unknown) {
  return runAction(createWallLink, raw);
}

export async function renewWallLinkAction(raw: unknown) {
  return runAction(renewWallLink, raw);
}

export async function revokeWallLinkAction(raw: unknown) {
  return runAction(revokeWallLink, raw);
}
