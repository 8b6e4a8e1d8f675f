import { redirect } from "next/navigation";
import { paths } from "../../../lib/paths.ts";

export default function Settings(): never {
  redirect(paths.settings("teams"));
}
