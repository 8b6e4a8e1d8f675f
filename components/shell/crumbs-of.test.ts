import { describe, expect, it } from "vitest";
import { crumbsOf } from "./crumbs-of.ts";

const words = (pathname: string) => crumbsOf(pathname).map((crumb) => ("label" in crumb ? crumb.label : `"${crumb.text}"`));

describe("crumbsOf", () => {
  it.each([
    ["/", ["home"]],
    ["/clusters", ["clusters"]],
    ["/clusters/new", ["clusters", "newCluster"]],
    ["/clusters/team-payments/checkout", ['"payments"', "clusters", '"checkout"']],
    ["/clusters/kube-system/odd", ["clusters", '"odd"']],
    ["/routes/new", ["routes", "newRoute"]],
    ["/routes/team-payments/orders", ['"payments"', "routes", '"orders"']],
    ["/routes/team-payments/orders/change", ['"payments"', "routes", '"orders"', "changeRoute"]],
    ["/requests/R-1042", ["requests", '"R-1042"']],
    ["/settings/prices", ["settings", "prices"]],
    ["/settings/nothing", ["settings"]],
    ["/nowhere", ["notFound"]],
    ["/requests/%E0%A4%A", ["requests", '"%E0%A4%A"']],
  ] as const)("reads %s", (pathname, expected) => {
    expect(words(pathname)).toEqual(expected);
  });
  it("knows the two views of one page by what the address asks", () => {
    const labels = (query: string) =>
      crumbsOf("/topology/reach", new URLSearchParams(query)).map((crumb) => ("label" in crumb ? crumb.label : crumb.text));
    expect(labels("caller=vpc/vpc-1")).toEqual(["topology", "reach"]);
    expect(labels("network=prod-mesh")).toEqual(["topology", "reach", "matrix"]);
  });
});
