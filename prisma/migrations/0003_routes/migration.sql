-- AlterTable
ALTER TABLE "requests" ADD COLUMN     "askingTeamId" TEXT,
ADD COLUMN     "reservedKeys" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "reserved_keys" (
    "key" TEXT NOT NULL,
    "requestNumber" INTEGER NOT NULL,

    CONSTRAINT "reserved_keys_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "observations" (
    "source" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "data" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "observations_pkey" PRIMARY KEY ("source","key")
);

-- CreateTable
CREATE TABLE "leases" (
    "name" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leases_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "reserved_keys_requestNumber_idx" ON "reserved_keys"("requestNumber");

-- CreateIndex
CREATE UNIQUE INDEX "observations_seq_key" ON "observations"("seq");

-- CreateIndex
CREATE INDEX "observations_at_idx" ON "observations"("at");

-- CreateIndex
CREATE INDEX "requests_askingTeamId_state_idx" ON "requests"("askingTeamId", "state");

-- ---- what the schema file cannot say ----

-- A cluster and a route of one name are two targets.
ALTER TABLE "requests" DROP CONSTRAINT "requests_active_target";
ALTER TABLE "requests" ADD CONSTRAINT "requests_active_target" CHECK (
  ("state" NOT IN ('approved', 'delivering') OR "activeTargetKey" IS NOT NULL)
  AND ("activeTargetKey" IS NULL OR ("state" IN ('approved', 'delivering', 'failed')
    AND "activeTargetKey" = (CASE WHEN "kind" LIKE 'route.%' THEN 'route:' ELSE '' END) || "managementCluster" || '/' || "namespace" || '/' || "name")));
ALTER TABLE "requests" DROP CONSTRAINT "requests_free_names";
ALTER TABLE "requests" ADD CONSTRAINT "requests_free_names" CHECK (
  "state" NOT IN ('rejected', 'withdrawn', 'expired')
  OR ("reservedName" IS NULL AND "reservedAwsName" IS NULL AND "reservedClusters" = 0 AND cardinality("reservedKeys") = 0));

-- A slot that names another in `after` is filled after it.
CREATE FUNCTION "trellis_guard_slot_order"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."decision" = 'approve' AND EXISTS (
    SELECT 1 FROM "requests" AS "asked", jsonb_array_elements("asked"."slots") AS "slot"
    WHERE "asked"."number" = NEW."requestNumber" AND "slot"->>'id' = NEW."slotId" AND "slot"->>'after' IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM "approvals" AS "given" WHERE "given"."requestNumber" = NEW."requestNumber" AND "given"."revision" = NEW."revision"
        AND "given"."contentHash" = NEW."contentHash" AND "given"."decision" = 'approve' AND "given"."slotId" = "slot"->>'after')) THEN
    RAISE EXCEPTION 'database.slotOrder' USING ERRCODE = 'TR001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "approvals_in_order" BEFORE INSERT ON "approvals" FOR EACH ROW EXECUTE FUNCTION "trellis_guard_slot_order"();
