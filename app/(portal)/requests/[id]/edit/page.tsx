import { Pencil } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { emptyDraft } from "../../../../../components/clusters/cluster-draft.ts";
import { fromClusterInput } from "../../../../../components/clusters/draft-input.ts";
import { NewClusterForm } from "../../../../../components/clusters/new-cluster-form.tsx";
import { EmptyState } from "../../../../../components/ui/empty-state.tsx";
import { PageHead } from "../../../../../components/ui/page-head.tsx";
import { QuietLink as Link } from "../../../../../components/ui/quiet-link.tsx";
import { paths } from "../../../../../lib/paths.ts";
import { portal } from "../../../../../lib/server/composition.ts";
import { readForPage } from "../../../../../lib/server/read-page.ts";
import { getRequest } from "../../../../../lib/services/requests/get-request.ts";
import { readFormOptions } from "../../../clusters/new/read-form-options.ts";

type Props = { readonly params: Promise<{ readonly id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getTranslations("uiRequests.edit"))("title", { id: (await params).id }) };
}

/** Another revision of a request: the same form, filled with what was sent. */
export default async function EditRequestPage({ params }: Props) {
  const { id } = await params;
  const [t, request, options] = await Promise.all([getTranslations("uiRequests.edit"), readForPage(getRequest, { id }), readFormOptions()]);
  const draft =
    request.kind === "cluster.create" && request.team !== null
      ? fromClusterInput(request.input, emptyDraft(request.team, ""), request.purpose)
      : null;
  const back = (
    <Link href={paths.request(id)} className="link">
      {t("back", { id })}
    </Link>
  );
  if (draft === null || !request.can.resubmit.allowed) {
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
      <NewClusterForm
        options={options}
        origin={portal().settings.baseUrl}
        storageKey={null}
        revisionOf={{ id, revision: request.revision, draft }}
      />
    </>
  );
}
