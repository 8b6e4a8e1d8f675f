import { PortalError } from "../portal-error.ts";
import { planBytes } from "./content-hash.ts";
import { Plan } from "./plan.ts";

/** Stored bytes → Plan. `INTERNAL` `requests.planUnreadable` for anything but the exact canonical bytes of a plan whose steps are numbered 1, 2, 3 …. */
export function parsePlan(bytes: string): Plan {
  const parsed = Plan.safeParse(readJson(bytes));
  if (!parsed.success) throw new PortalError("INTERNAL", "requests.planUnreadable", {}, { cause: parsed.error });
  if (planBytes(parsed.data) !== bytes) throw new PortalError("INTERNAL", "requests.planUnreadable");
  if (parsed.data.steps.some((step, index) => step.n !== index + 1)) throw new PortalError("INTERNAL", "requests.planUnreadable");
  return parsed.data;
}

function readJson(bytes: string): unknown {
  try {
    return JSON.parse(bytes);
  } catch (cause) {
    throw new PortalError("INTERNAL", "requests.planUnreadable", {}, { cause });
  }
}
