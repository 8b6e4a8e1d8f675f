import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { projectRoot, writePrivate } from "../state/sandbox-folder.ts";
import { go, goModules, type Progress, sandboxCache } from "./build-binaries.ts";

/** Modules we only read files of; the checksum is the one of the public checksum database. */
const readOnlyModules = {
  gatewayApi: { module: "sigs.k8s.io/gateway-api@v1.5.1", sum: "h1:RqVRIlkhLhUO8wOHKTLnTJA6o/1un4po4/6M1nRzdd0=" },
  argoCd: { module: "github.com/argoproj/argo-cd/v3@v3.5.7", sum: "h1:Xm1BF+I5OgDKUG3SDK49vn2/Y5AMyaNVko+/JT08gj0=" },
};
const preparation = "3";

const Version = z.looseObject({ name: z.string(), served: z.boolean(), storage: z.boolean() });
const CustomResourceDefinition = z.looseObject({
  kind: z.literal("CustomResourceDefinition"),
  metadata: z.looseObject({ name: z.string(), labels: z.record(z.string(), z.string()).optional() }),
  spec: z.looseObject({ group: z.string(), versions: z.array(Version) }),
});
export type CustomResourceDefinition = z.infer<typeof CustomResourceDefinition>;
const WebhookManifest = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  webhooks: z.array(z.looseObject({ name: z.string() })),
});
const ModuleAnswer = z.looseObject({ Dir: z.string(), Sum: z.string() });

/** What the modules bring: CRDs made ready for a bare API server, and the two webhook manifests as they are. */
const ClusterFiles = z.strictObject({
  definitions: z.array(CustomResourceDefinition),
  managerWebhooks: z.array(WebhookManifest),
  capaWebhooks: z.array(WebhookManifest),
});
export type ClusterFiles = z.infer<typeof ClusterFiles>;

/** Reads CRDs and webhook manifests from the Go module cache, once a machine; later starts read one JSON file. */
export async function clusterFiles(options: { progress?: Progress } = {}): Promise<ClusterFiles> {
  const progress = options.progress ?? (() => undefined);
  const cached = join(sandboxCache(), cacheKey(), "cluster-files.json");
  if (existsSync(cached)) return ClusterFiles.parse(JSON.parse(readFileSync(cached, "utf8")));
  const core = await moduleFolder(goModules.controlPlane, "sigs.k8s.io/cluster-api", progress);
  const capa = await moduleFolder(goModules.capaHooks, "sigs.k8s.io/cluster-api-provider-aws/v2", progress);
  const gateway = await download(readOnlyModules.gatewayApi, progress);
  const argo = await download(readOnlyModules.argoCd, progress);
  const files: ClusterFiles = {
    definitions: [
      ...definitionsIn(join(core, "core/config/crd/bases")),
      ...definitionsIn(join(capa, "config/crd/bases")).map(labelledForContract),
      ...definitionsIn(join(gateway, "config/crd/standard")),
      ...definitionsIn(join(argo, "manifests/crds")),
      ...definitionsIn(join(projectRoot, "sandbox/cluster/application-networking")),
    ],
    managerWebhooks: webhooksIn(join(core, "core/config/webhook/manifests.yaml")),
    capaWebhooks: webhooksIn(join(capa, "config/webhook/manifests.yaml")),
  };
  mkdirSync(join(sandboxCache(), cacheKey()), { recursive: true });
  writePrivate(cached, JSON.stringify(files), 0o644);
  return files;
}

function cacheKey(): string {
  const hash = createHash("sha256").update(preparation).update(JSON.stringify(readOnlyModules));
  for (const module of Object.values(goModules)) hash.update(readFileSync(join(module, "go.mod")));
  const own = join(projectRoot, "sandbox/cluster/application-networking");
  for (const file of readdirSync(own).sort()) hash.update(readFileSync(join(own, file)));
  return `files-${hash.digest("hex").slice(0, 16)}`;
}

async function moduleFolder(goModule: string, name: string, progress: Progress): Promise<string> {
  await go(["mod", "download", name], goModule, `reading ${name}`, progress);
  return (await go(["list", "-m", "-f", "{{.Dir}}", name], goModule, `finding ${name}`, () => undefined)).trim();
}

async function download(wanted: { module: string; sum: string }, progress: Progress): Promise<string> {
  const answer = ModuleAnswer.parse(
    JSON.parse(await go(["mod", "download", "-json", wanted.module], sandboxCache(), `downloading ${wanted.module}`, progress)),
  );
  if (answer.Sum !== wanted.sum) throw new Error(`${wanted.module} has checksum ${answer.Sum}, expected ${wanted.sum}`);
  return answer.Dir;
}

function documentsIn(file: string): unknown[] {
  return parseAllDocuments(readFileSync(file, "utf8"))
    .map((document) => document.toJS() as unknown)
    .filter((document) => document !== null);
}

function definitionsIn(folder: string): CustomResourceDefinition[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) => documentsIn(join(folder, file)))
    .flatMap((document) => {
      const parsed = CustomResourceDefinition.safeParse(document);
      return parsed.success ? [prepared(parsed.data)] : [];
    });
}

/** Only storage versions stay served: without conversion webhooks the older ones would be answered with the wrong fields. */
function prepared(definition: CustomResourceDefinition): CustomResourceDefinition {
  const { conversion: _conversion, ...spec } = definition.spec;
  const versions = spec.versions.map((version) => ({
    ...version,
    served: version.served && (version.storage || !spec.group.endsWith("cluster.x-k8s.io")),
  }));
  const { status: _status, ...rest } = definition;
  return withoutDescriptions({ ...rest, spec: { ...spec, versions } });
}

function labelledForContract(definition: CustomResourceDefinition): CustomResourceDefinition {
  const labels = { ...definition.metadata.labels, "cluster.x-k8s.io/v1beta1": "v1beta1_v1beta2" };
  return { ...definition, metadata: { ...definition.metadata, labels } };
}

/** Drops the prose of the schemas (three quarters of the bytes); a property that is itself called `description` is an object and stays. */
function withoutDescriptions<T>(value: T): T {
  const text = JSON.stringify(value, (key, inner: unknown) => (key === "description" && typeof inner === "string" ? undefined : inner));
  return JSON.parse(text) as T;
}

function webhooksIn(file: string): z.infer<typeof WebhookManifest>[] {
  return documentsIn(file).map((document) => WebhookManifest.parse(document));
}
