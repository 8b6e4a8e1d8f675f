import { parse } from "yaml";
import { PortalError } from "../../domain/portal-error.ts";

const MAX_BYTES = 2_000_000;

/** The YAML text behind `TRELLIS_BOOTSTRAP` as data that nobody has checked yet. `INVALID` `tenancy.bootstrapYaml`. */
export function readBootstrapText(text: string): unknown {
  if (text.length > MAX_BYTES) throw new PortalError("INVALID", "tenancy.bootstrapYaml", {}, { raw: `more than ${MAX_BYTES} characters` });
  try {
    return parse(text, { maxAliasCount: 100, strict: true, uniqueKeys: true });
  } catch (error) {
    throw new PortalError(
      "INVALID",
      "tenancy.bootstrapYaml",
      {},
      { raw: error instanceof Error ? error.message : String(error), cause: error },
    );
  }
}
