import type { AwsCalls } from "./aws-calls.ts";
import { isOwnTag } from "./controller-keys.ts";

export type Tags = Record<string, string>;
const cachedSeconds = 60;
const arnsPerCall = 100;

/** Tags of Lattice objects: one by one through Lattice (remembered for a minute), in number through the tagging API. */
export function tagReader(aws: AwsCalls, speed: number, now: () => number) {
  const known = new Map<string, { tags: Tags; at: number }>();

  async function ofResource(arn: string): Promise<Tags> {
    const cached = known.get(arn);
    if (cached && now() - cached.at < (cachedSeconds * 1_000) / speed) return cached.tags;
    const answer = await aws.lattice("ListTagsForResource", (api, options) => api.listTagsForResource({ resourceArn: arn }, options));
    const tags = { ...answer.tags };
    known.set(arn, { tags, at: now() });
    return tags;
  }

  async function ofResources(arns: readonly string[]): Promise<Map<string, Tags>> {
    const found = new Map<string, Tags>();
    for (let from = 0; from < arns.length; from += arnsPerCall) {
      const part = arns.slice(from, from + arnsPerCall);
      const answer = await aws.tagging("GetResources", (api, options) => api.getResources({ ResourceARNList: part }, options));
      for (const one of answer.ResourceTagMappingList ?? []) found.set(one.ResourceARN ?? "", asTags(one.Tags));
    }
    return found;
  }

  /** ARNs of the target groups that carry all of these tags. */
  async function targetGroupsWith(tags: Tags): Promise<string[]> {
    const filters = Object.entries(tags).map(([Key, value]) => ({ Key, Values: [value] }));
    const answer = await aws.tagging("GetResources", (api, options) =>
      api.getResources({ ResourceTypeFilters: ["vpc-lattice:targetgroup"], TagFilters: filters }, options),
    );
    return (answer.ResourceTagMappingList ?? []).flatMap((one) => (one.ResourceARN === undefined ? [] : [one.ResourceARN]));
  }

  /** Brings a resource's tags that people chose (`…/tags`) to what is wanted; the controller's own are left alone. */
  async function update(arn: string, wanted: Tags): Promise<Tags> {
    const have = (await ofResources([arn])).get(arn) ?? {};
    const missing = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => have[key] !== value));
    const stale = Object.keys(have).filter((key) => !isOwnTag(key) && !key.startsWith("aws:") && !(key in wanted));
    if (Object.keys(missing).length > 0)
      await aws.tagging("TagResources", (api, options) => api.tagResources({ ResourceARNList: [arn], Tags: missing }, options));
    if (stale.length > 0)
      await aws.tagging("UntagResources", (api, options) => api.untagResources({ ResourceARNList: [arn], TagKeys: stale }, options));
    return have;
  }

  async function add(arn: string, tags: Tags): Promise<void> {
    await aws.lattice("TagResource", (api, options) => api.tagResource({ resourceArn: arn, tags }, options));
    known.delete(arn);
  }
  return { ofResource, ofResources, targetGroupsWith, update, add };
}
export type TagReader = ReturnType<typeof tagReader>;

function asTags(list: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined): Tags {
  return Object.fromEntries((list ?? []).map((one) => [one.Key ?? "", one.Value ?? ""]));
}
