import { z } from "zod";
import { pageToken, readPageToken } from "../operations/page.ts";
import { jsonOperation } from "./json-operation.ts";

/** ACM as far as the gateway controller asks it: which certificates there are and for which names (lattice.md §10.4). */
export const certificateOperations = [
  jsonOperation({
    target: "CertificateManager.ListCertificates",
    access: "read",
    invalid: "ValidationException",
    input: z.object({
      CertificateStatuses: z.array(z.string()).optional(),
      MaxItems: z.int().min(1).max(1_000).default(1_000),
      NextToken: z.string().optional(),
    }),
    run: (call, input) => {
      const wanted = input.CertificateStatuses;
      const all = call.store.certificates.filter((one) => wanted === undefined || wanted.includes(one.status));
      const start = input.NextToken === undefined ? 0 : readPageToken("certificates", input.NextToken).seq;
      const shown = all.slice(start, start + input.MaxItems);
      const end = start + shown.length;
      return {
        CertificateSummaryList: shown.map((one) => ({
          CertificateArn: one.arn,
          DomainName: one.domainName,
          SubjectAlternativeNameSummaries: [one.domainName, ...one.alternativeNames],
          HasAdditionalSubjectAlternativeNames: false,
          Status: one.status,
          Type: "AMAZON_ISSUED",
        })),
        ...(end < all.length ? { NextToken: pageToken("certificates", { seq: end, id: "" }) } : {}),
      };
    },
  }),
];
