import { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";
import { PricesView } from "../../domain/tenancy/tenancy-view.ts";
import { query } from "../query.ts";

/** The prices behind the cost estimate, with their date. `NOT_FOUND` before an installation has any. */
export const getPrices = query({
  name: "prices.get",
  input: z.strictObject({}),
  output: PricesView,
  permission: "settings.read",
  scope: async () => ({ type: "installation" }),
  run: async (_, { db }) => {
    const stored = await db.read.tenancy.prices();
    if (Object.keys(stored).length === 0) throw new PortalError("NOT_FOUND", "notFound");
    return PricesView.parse(stored);
  },
});
