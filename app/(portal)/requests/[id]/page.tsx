import type { Metadata } from "next";
import { entry, Hydrated } from "../../../../components/live/hydrated.tsx";
import { queryKeys } from "../../../../components/live/query-keys.ts";
import { RequestPage } from "../../../../components/requests/request-page.tsx";
import { portal } from "../../../../lib/server/composition.ts";
import { readForPage } from "../../../../lib/server/read-page.ts";
import { getRequest } from "../../../../lib/services/requests/get-request.ts";

type Props = { readonly params: Promise<{ readonly id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).id };
}

export default async function OneRequestPage({ params }: Props) {
  const { id } = await params;
  const view = await readForPage(getRequest, { id });
  return (
    <Hydrated entries={[entry(queryKeys.request(id), view)]}>
      <RequestPage key={id} id={id} origin={portal().settings.baseUrl} />
    </Hydrated>
  );
}
