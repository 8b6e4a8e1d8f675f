import type { ControllerWorld } from "../controller-world.ts";
import type { CertificateSummary } from "../list-certificates.ts";
import { CertificateNotFound } from "../reconcile-errors.ts";

/** The newest issued certificate for exactly this name, else for the wildcard one level up. Not being allowed to look is the same as none. */
export async function findCertificateArn(world: ControllerWorld, hostname: string): Promise<string> {
  const certificates = await world.aws.listCertificates().catch(() => []);
  const wildcard = `*.${hostname.split(".").slice(1).join(".")}`;
  const found = newestFor(certificates, hostname) ?? newestFor(certificates, wildcard);
  if (!found) throw new CertificateNotFound(hostname);
  return found.CertificateArn;
}

function newestFor(certificates: readonly CertificateSummary[], name: string): CertificateSummary | undefined {
  return certificates
    .filter((one) => (one.Status ?? "ISSUED") === "ISSUED")
    .filter((one) => one.DomainName === name || (one.SubjectAlternativeNameSummaries ?? []).includes(name))
    .sort((a, b) => issuedAt(b) - issuedAt(a))[0];
}

function issuedAt(one: CertificateSummary): number {
  return typeof one.IssuedAt === "number" ? one.IssuedAt * 1_000 : Date.parse(one.IssuedAt ?? "") || 0;
}
