import { Pencil } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { emptyDraft } from "../../../../../components/clusters/cluster-draft.ts";
import { fromClusterInput } from "../../../../../components/clusters/draft-input.ts";
import { NewClusterForm } from "../../../../../components/clusters/new-cluster-form.tsx";
import type { ShownRequest } from "../../../../../components/requests/request-data.ts";
import { RouteForm } from "../../../../../components/routes/route-form.tsx";
import { EmptyState } from "../../../../../components/ui/empty-state.tsx";
import { PageHead } from "../../../../../components/ui/page-head.tsx";
import { QuietLink as Link } from "../../../../../components/ui/quiet-link.tsx";
import { saysWholeSpec, specOfInputs } from "../../../../../lib/domain/routes/spec-of-inputs.ts";
import { paths } from "../../../../../lib/paths.ts";
import { portal } from "../../../../../lib/server/composition.ts";
import { readForPage } from "../../../../../lib/server/read-page.ts";
import { getRequest } from "../../../../../lib/services/requests/get-request.ts";
import { readFormOptions } from "../../../clusters/new/read-form-options.ts";
import { readRouteOptions } from "../../../routes/new/read-route-options.ts";

type Props = { readonly params: Promise<{ readonly id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getTranslations("uiRequests.edit"))("title", { id: (await params).id }) };
}

/** Another revision of a request: the same form, filled with what was sent. */
export default async function EditRequestPage({ params }: Props) {
  const { id } = await params;
  const [t, request] = await Promise.all([getTranslations("uiRequests.edit"), readForPage(getRequest, { id })]);
  const form = request.can.resubmit.allowed ? await formOf(request) : null;
  const back = (
    <Link href={paths.request(id)} className="link">
      {t("back", { id })}
    </Link>
  );
  if (form === null) {
    return (
      <>
        <PageHead title={t("title", { id })} />
        <EmptyState icon={Pencil} title={t("notEditable", { id })} actions={back}>
          {request.can.resubmit.why}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHead title={t("title", { id })} facts={t("subtitle", { revision: request.revision + 1 })} actions={back} />
      {form}
    </>
  );
}

/** The form of a kind, filled with the request's input; null when there is none for it. */
async function formOf(request: ShownRequest): Promise<ReactNode> {
  return request.kind.startsWith("route.") ? routeForm(request) : clusterForm(request);
}

async function clusterForm({ id, kind, team, input, purpose, revision }: ShownRequest): Promise<ReactNode> {
  const draft = kind === "cluster.create" && team !== null ? fromClusterInput(input, emptyDraft(team, ""), purpose) : null;
  if (draft === null) return null;
  const options = await readFormOptions();
  return <NewClusterForm options={options} origin={portal().settings.baseUrl} storageKey={null} revisionOf={{ id, revision, draft }} />;
}

async function routeForm({ id, kind, team, target, input, purpose, revision }: ShownRequest): Promise<ReactNode> {
  const spec = saysWholeSpec({ kind, input }) ? specOfInputs([{ kind, input }]) : null;
  if (spec === null || team === null) return null;
  const options = await readRouteOptions();
  return (
    <RouteForm
      options={options}
      origin={portal().settings.baseUrl}
      storageKey={null}
      start={{
        type: "revision",
        id,
        revision,
        purpose,
        team,
        name: target.name,
        spec,
        namespace: kind === "route.create" ? null : target.namespace,
      }}
    />
  );
}
