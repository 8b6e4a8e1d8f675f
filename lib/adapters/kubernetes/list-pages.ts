import { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";
import { KubeObject } from "../../domain/requests/plan.ts";
import type { CallOptions } from "./port.ts";
import type { Resource } from "./resource-paths.ts";
import { translateError } from "./translate-error.ts";
import { isTooLarge, type Transport } from "./transport.ts";

const Page = z.object({
  metadata: z.object({ resourceVersion: z.string().catch(""), continue: z.exactOptional(z.string()) }),
  items: z.nullable(z.array(z.unknown())),
});

export type ListPage = { readonly objects: readonly KubeObject[]; readonly broken: number; readonly resourceVersion: string };

const PAGE_LIMIT = 250;
const PAGE_BYTES = 16 * 1024 * 1024;

/**
 * Pages through a collection. An object without a readable name costs itself only (`broken`); a page larger than the bound is asked again in smaller pieces.
 * Throws `UNAVAILABLE` `kubernetes.expired` when the server gave up the list's snapshot: start again.
 */
export async function* listPages(
  transport: Transport,
  list: { readonly resource: Resource; readonly path: string; readonly query?: Readonly<Record<string, string>> },
  options?: CallOptions,
): AsyncGenerator<ListPage> {
  const { resource, path } = list;
  let limit = PAGE_LIMIT;
  let token: string | undefined;
  for (;;) {
    const query = { ...list.query, limit: String(limit), ...(token === undefined ? {} : { continue: token }) };
    try {
      const answer = await transport.call({ method: "GET", path, query, kind: resource.kind, maxBytes: PAGE_BYTES }, options);
      if (answer.status !== 200)
        throw translateError(answer, { cluster: transport.clusterId, apiVersion: resource.apiVersion, kind: resource.kind, name: "" });
      const page = Page.safeParse(answer.json);
      if (!page.success)
        throw new PortalError("UNAVAILABLE", "kubernetes.unreadable", { cluster: transport.clusterId }, { cause: page.error });
      const items = page.data.items ?? [];
      const objects = items.map((item) => readItem(item, resource)).filter((object) => object !== null);
      yield { objects, broken: items.length - objects.length, resourceVersion: page.data.metadata.resourceVersion };
      token = page.data.metadata.continue;
      if (!token) return;
    } catch (error) {
      if (!isTooLarge(error) || limit === 1) throw error;
      limit = Math.max(1, Math.floor(limit / 8));
    }
  }
}

/** Items of built-in lists carry no apiVersion and kind of their own. */
function readItem(item: unknown, resource: Resource): KubeObject | null {
  if (typeof item !== "object" || item === null) return null;
  const parsed = KubeObject.safeParse({ apiVersion: resource.apiVersion, kind: resource.kind, ...item });
  return parsed.success ? parsed.data : null;
}
