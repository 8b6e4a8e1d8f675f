import { notFound } from "next/navigation";

/** An address that no page has: the shell stays, so that the reader can go on. */
export default function MissingPage(): never {
  notFound();
}
