import { describe, expect, it } from "vitest";
import { EXAMPLE, exampleGraph } from "../../../lib/domain/topology/testing.ts";
import { wallSteps } from "./map-steps.ts";
import { listsOf } from "./node-lists.ts";
import { shown } from "./testing.ts";

const view = shown(exampleGraph());
const idsOf = (id: string, name: string) =>
  listsOf(view, id)
    .find((list) => list.name === name)
    ?.rows.map(({ node }) => node.id);

describe("listsOf", () => {
  it("says of a service which clusters serve it, with their share, and who calls it", () => {
    expect(idsOf(EXAMPLE.orders, "servedFrom")?.toSorted()).toEqual([EXAMPLE.batch, EXAMPLE.checkout].toSorted());
    expect(
      listsOf(view, EXAMPLE.orders)[0]
        ?.rows.map(({ weight }) => weight)
        .toSorted(),
    ).toEqual([25, 75]);
    expect(idsOf(EXAMPLE.orders, "calledFrom")).toEqual([EXAMPLE.storefront]);
  });
  it("says of a cluster what it serves and may call", () => {
    expect(idsOf(EXAMPLE.checkout, "serves")?.toSorted()).toEqual([EXAMPLE.orders, EXAMPLE.pay].toSorted());
    expect(idsOf(EXAMPLE.storefront, "calls")).toEqual([EXAMPLE.orders]);
  });
  it("says of a network its services and VPCs", () => {
    expect(idsOf(EXAMPLE.network, "services")?.toSorted()).toEqual([EXAMPLE.orders, EXAMPLE.pay].toSorted());
    expect(idsOf(EXAMPLE.network, "joined")).toEqual([EXAMPLE.vpcB]);
  });
});

describe("wallSteps", () => {
  it("shows the worst first and the whole map last", () => {
    const ill = shown(
      exampleGraph((one) =>
        one.id === EXAMPLE.pay ? { ...one, glyph: "failed" } : one.id === EXAMPLE.batch ? { ...one, glyph: "attention" } : one,
      ),
    );
    expect(wallSteps(ill)).toEqual([EXAMPLE.pay, EXAMPLE.batch, null]);
  });
  it("shows only the whole map when all is well", () => {
    expect(wallSteps(view)).toEqual([null]);
  });
});
