import type {
  GetResourcesCommandOutput,
  ResourceTagMapping,
  TagResourcesCommandOutput,
  UntagResourcesCommandOutput,
} from "@aws-sdk/client-resource-groups-tagging-api";
import { z } from "zod";
import { LatticeError } from "../lattice-error.ts";
import type { Call } from "../operations/call.ts";
import { tagKey, tags } from "../operations/fields.ts";
import { pageToken, readPageToken } from "../operations/page.ts";
import { addTags, removeTags } from "../operations/tags.ts";
import type { TaggedResource } from "../store/tag-store.ts";
import { jsonOperation } from "./json-operation.ts";

const invalid = "InvalidParameterException";
const maxArns = 100;
const arnList = z.array(z.string().min(1)).min(1).max(20);
const getResources = z.object({
  PaginationToken: z.string().optional(),
  ResourcesPerPage: z.int().min(1).max(100).default(50),
  TagFilters: z
    .array(z.object({ Key: z.string().min(1).max(128), Values: z.array(z.string().max(256)).max(20).default([]) }))
    .max(50)
    .default([]),
  ResourceTypeFilters: z.array(z.string()).default([]),
  ResourceARNList: z.array(z.string()).max(maxArns).default([]),
});
type GetResources = z.output<typeof getResources>;

/** Resource Groups Tagging API, over the Lattice resources of this account and Region. */
export const taggingOperations = [
  jsonOperation({
    target: "ResourceGroupsTaggingAPI_20170126.GetResources",
    access: "read",
    invalid,
    input: getResources,
    run: (call, input): Omit<GetResourcesCommandOutput, "$metadata"> => resourcesPage(call, input),
  }),
  jsonOperation({
    target: "ResourceGroupsTaggingAPI_20170126.TagResources",
    access: "write",
    invalid,
    input: z.object({ ResourceARNList: arnList, Tags: tags }),
    run: (call, input): Omit<TagResourcesCommandOutput, "$metadata"> =>
      forEach(call, input.ResourceARNList, (resource) => addTags(call, resource, input.Tags)),
  }),
  jsonOperation({
    target: "ResourceGroupsTaggingAPI_20170126.UntagResources",
    access: "write",
    invalid,
    input: z.object({ ResourceARNList: arnList, TagKeys: z.array(tagKey).min(1).max(50) }),
    run: (call, input): Omit<UntagResourcesCommandOutput, "$metadata"> =>
      forEach(call, input.ResourceARNList, (resource) => removeTags(call, resource, input.TagKeys)),
  }),
];

function resourcesPage(call: Call, input: GetResources) {
  if (input.ResourceARNList.length > 0 && (input.TagFilters.length > 0 || input.ResourceTypeFilters.length > 0))
    throw new LatticeError(400, invalid, "ResourceARNList cannot be combined with TagFilters or ResourceTypeFilters");
  const after = pageStart(input.PaginationToken);
  const found = [...matching(call, input)].filter((resource) => resource.seq > after).sort((a, b) => a.seq - b.seq);
  const shown = found.slice(0, input.ResourceARNList.length > 0 ? maxArns : input.ResourcesPerPage);
  const last = shown.at(-1);
  const more = found.length > shown.length && last !== undefined;
  return { PaginationToken: more ? pageToken("resources", { seq: last.seq, id: "" }) : "", ResourceTagMappingList: shown.map(mapping) };
}

/** A resource without a tag is unknown to this API. */
function* matching(call: Call, input: GetResources): Generator<TaggedResource> {
  for (const resource of candidates(call, input)) {
    if (Object.keys(resource.tags).length === 0) continue;
    if (!input.TagFilters.every((filter) => hasTag(resource, filter))) continue;
    const type = resourceType(resource.arn);
    if (input.ResourceTypeFilters.length > 0 && !input.ResourceTypeFilters.some((filter) => filter === type || filter === "vpc-lattice"))
      continue;
    yield resource;
  }
}

/** The fewest resources that can hold the answer: by ARN, by the rarest of the tags asked for, or all. */
function candidates(call: Call, input: GetResources): Iterable<TaggedResource> {
  const { tags: store } = call.store;
  if (input.ResourceARNList.length > 0) return input.ResourceARNList.map((arn) => store.find(arn)).filter((found) => found !== null);
  let fewest: ReadonlySet<TaggedResource> | null = null;
  for (const { Key, Values } of input.TagFilters) {
    const [only] = Values;
    const holders = Values.length === 1 && only !== undefined ? store.withTag(Key, only) : store.withKey(Key);
    if (fewest === null || holders.size < fewest.size) fewest = holders;
  }
  return fewest ?? store.all();
}

function hasTag(resource: TaggedResource, filter: { Key: string; Values: string[] }): boolean {
  const value = resource.tags[filter.Key];
  return value !== undefined && (filter.Values.length === 0 || filter.Values.includes(value));
}

/** `vpc-lattice:service`, `vpc-lattice:targetgroup`…: the last kind named in the ARN. */
function resourceType(arn: string): string {
  const parts = (arn.split(":")[5] ?? "").split("/");
  return `vpc-lattice:${parts.at(-2) ?? ""}`;
}

function mapping(resource: TaggedResource): ResourceTagMapping {
  return { ResourceARN: resource.arn, Tags: Object.entries(resource.tags).map(([Key, Value]) => ({ Key, Value })) };
}

function pageStart(token: string | undefined): number {
  if (token === undefined || token === "") return 0;
  try {
    return readPageToken("resources", token).seq;
  } catch {
    throw new LatticeError(400, "PaginationTokenExpiredException", "The pagination token is not valid");
  }
}

function forEach(call: Call, arns: readonly string[], act: (resource: TaggedResource) => void) {
  const failed: [string, { StatusCode: number; ErrorCode: "InvalidParameterException"; ErrorMessage: string }][] = [];
  for (const arn of arns) {
    const resource = call.store.tags.find(arn);
    if (resource) act(resource);
    else failed.push([arn, { StatusCode: 400, ErrorCode: "InvalidParameterException", ErrorMessage: `${arn} does not exist` }]);
  }
  return { FailedResourcesMap: Object.fromEntries(failed) };
}
