import { BootstrapFile } from "../../domain/tenancy/bootstrap.ts";
import { readBootstrapText } from "../../manifests/tenancy/read-bootstrap-text.ts";
import { parseInput } from "../parse-input.ts";

/** The YAML text behind `TRELLIS_BOOTSTRAP`, read by its schema. `INVALID` `tenancy.bootstrapYaml`, or `input.refused` with one problem per field. */
export function readBootstrap(text: string): BootstrapFile {
  return parseInput(BootstrapFile, readBootstrapText(text));
}
