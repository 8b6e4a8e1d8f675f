import type { ListTagsForResourceResponse } from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { invalid, notFound } from "../lattice-error.ts";
import type { TaggedResource } from "../store/tag-store.ts";
import type { Call } from "./call.ts";
import { identifier, tagKey, tags } from "./fields.ts";
import { operation } from "./operation.ts";

const maxTagsOfResource = 50;
const one = z.object({ resourceArn: identifier });

export const tagOperations = [
  operation({
    name: "ListTagsForResource",
    route: "GET /tags/{resourceArn}",
    access: "read",
    input: one,
    run: (call, input): ListTagsForResourceResponse => ({ tags: { ...getTagged(call, input.resourceArn).tags } }),
  }),
  operation({
    name: "TagResource",
    route: "POST /tags/{resourceArn}",
    access: "write",
    input: one.extend({ tags }),
    run: (call, input) => {
      addTags(call, getTagged(call, input.resourceArn), input.tags);
      return {};
    },
  }),
  operation({
    name: "UntagResource",
    route: "DELETE /tags/{resourceArn}",
    access: "write",
    input: one.extend({ tagKeys: z.union([tagKey.transform((key) => [key]), z.array(tagKey).min(1)]) }),
    run: (call, input) => {
      removeTags(call, getTagged(call, input.resourceArn), input.tagKeys);
      return {};
    },
  }),
];

export function addTags(call: Call, resource: TaggedResource, added: Readonly<Record<string, string>>): void {
  const after = { ...resource.tags, ...added };
  if (Object.keys(after).length > maxTagsOfResource) throw invalid(`A resource may have at most ${maxTagsOfResource} tags`);
  call.store.tags.change(resource, after);
}

export function removeTags(call: Call, resource: TaggedResource, keys: readonly string[]): void {
  call.store.tags.change(resource, Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !keys.includes(key))));
}

function getTagged(call: Call, arn: string): TaggedResource {
  const resource = call.store.tags.find(arn);
  if (!resource) throw notFound("RESOURCE", arn);
  return resource;
}
