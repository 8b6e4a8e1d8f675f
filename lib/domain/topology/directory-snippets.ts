import type { RouteProtocol } from "../routes/route-input.ts";
import type { CallExample } from "./directory-example.ts";
import { curlSnippet, goSnippet, javaSnippet, pythonSnippet, typescriptSnippet } from "./directory-http-snippets.ts";
import { grpcPythonSnippet, grpcurlSnippet, opensslSnippet, tlsPythonSnippet } from "./directory-other-snippets.ts";
import type { DirectorySnippet } from "./directory-view.ts";

/** The call in the languages that fit its protocol, the command line first. Signed ones sign for `vpc-lattice-svcs` without the payload (lattice.md §3.5). */
export function callSnippets(protocol: RouteProtocol, example: CallExample): readonly DirectorySnippet[] {
  switch (protocol) {
    case "http":
      return [
        { id: "curl", code: curlSnippet(example) },
        { id: "typescript", code: typescriptSnippet(example) },
        { id: "python", code: pythonSnippet(example) },
        { id: "go", code: goSnippet(example) },
        { id: "java", code: javaSnippet(example) },
      ];
    case "grpc":
      return [
        // grpcurl cannot sign, so where a signature is needed only a client of one's own can call.
        ...(example.region === null ? [{ id: "grpcurl" as const, code: grpcurlSnippet(example) }] : []),
        { id: "python", code: grpcPythonSnippet(example) },
      ];
    case "tls":
      return [
        { id: "openssl", code: opensslSnippet(example) },
        { id: "python", code: tlsPythonSnippet(example) },
      ];
  }
}
