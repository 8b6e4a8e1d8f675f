import { setTimeout as sleep } from "node:timers/promises";
import { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
import { VPCLattice } from "@aws-sdk/client-vpc-lattice";
import { AwsCallError, isRetryable } from "./aws-call-error.ts";
import { listCertificates } from "./list-certificates.ts";

const latticeAttempts = 20;
const otherAttempts = 3;
const callTimeoutMs = 30_000;
const longestDelaySeconds = 20;
export type AwsCallsOptions = { latticeUrl: string; region: string; accessKeyId: string; speed: number; signal: AbortSignal };
type CallOptions = { abortSignal: AbortSignal };

/**
 * The AWS side of one controller. Retries are those of the controller's SDK, not of ours: 20 attempts for Lattice and 3 for the others, doubling
 * from one second to twenty, `Retry-After` not read (lattice.md §10.2).
 */
export function awsCalls(options: AwsCallsOptions) {
  const { latticeUrl, region, accessKeyId, speed, signal } = options;
  const credentials = { accessKeyId, secretAccessKey: `${accessKeyId}-secret` };
  const settings = { endpoint: latticeUrl, region, credentials, maxAttempts: 1, requestHandler: { connectionTimeout: 5_000 } };
  const latticeClient = new VPCLattice(settings);
  const taggingClient = new ResourceGroupsTaggingAPI(settings);

  async function attempt<T>(api: string, operation: string, most: number, run: (callOptions: CallOptions) => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      signal.throwIfAborted();
      try {
        return await run({ abortSignal: AbortSignal.any([signal, AbortSignal.timeout(callTimeoutMs)]) });
      } catch (error) {
        if (signal.aborted) throw error;
        if (!isRetryable(error)) throw new AwsCallError(api, operation, error, null);
        if (tried >= most) throw new AwsCallError(api, operation, error, most);
        const seconds = Math.min(2 ** (tried - 1), longestDelaySeconds) * (0.8 + 0.2 * Math.random());
        await sleep((seconds * 1_000) / speed, undefined, { signal });
      }
    }
  }
  return {
    lattice: <T>(operation: string, run: (api: VPCLattice, callOptions: CallOptions) => Promise<T>) =>
      attempt("VPC Lattice", operation, latticeAttempts, (callOptions) => run(latticeClient, callOptions)),
    tagging: <T>(operation: string, run: (api: ResourceGroupsTaggingAPI, callOptions: CallOptions) => Promise<T>) =>
      attempt("Resource Groups Tagging API", operation, otherAttempts, (callOptions) => run(taggingClient, callOptions)),
    listCertificates: () =>
      attempt("ACM", "ListCertificates", otherAttempts, ({ abortSignal }) =>
        listCertificates({ endpoint: latticeUrl, region, ...credentials, signal: abortSignal }),
      ),
    close: () => {
      latticeClient.destroy();
      taggingClient.destroy();
    },
  };
}
export type AwsCalls = ReturnType<typeof awsCalls>;

/** Every page of a list, one call each. */
export async function allPages<T>(
  read: (nextToken: string | undefined) => Promise<{ items: T[] | undefined; nextToken: string | undefined }>,
): Promise<T[]> {
  const items: T[] = [];
  let token: string | undefined;
  do {
    const page = await read(token);
    items.push(...(page.items ?? []));
    token = page.nextToken === "" ? undefined : page.nextToken;
  } while (token !== undefined);
  return items;
}
