-- What the schema file cannot say. The drift check sees none of it, so each rule has a test of its own (lib/adapters/database/guards-contract.ts).
-- SQLSTATEs: TR001 = FORBIDDEN, TR002 = CONFLICT, TR003 = a write that no code path may do. The message is the key people are shown.

-- Requests are shown as R-<number>.
ALTER SEQUENCE "requests_number_seq" RESTART WITH 1001;

INSERT INTO "audit_head" ("id", "seq", "mac", "keyId") VALUES (1, 0, '', '');

CREATE INDEX "delivery_steps_unfinished" ON "delivery_steps" ("requestNumber", "n") WHERE "state" <> 'done';
CREATE INDEX "requests_holding_clusters" ON "requests" ("teamId") WHERE "reservedClusters" > 0;

-- ---- values ----

ALTER TABLE "memberships" ADD CONSTRAINT "memberships_words" CHECK ("role" IN ('developer', 'lead') AND "source" IN ('idp', 'manual'));
ALTER TABLE "global_grants" ADD CONSTRAINT "global_grants_words" CHECK ("role" IN ('platform-admin', 'viewer') AND "source" IN ('idp', 'manual'));
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_last_an_hour" CHECK ("endsAt" > "startedAt" AND "endsAt" <= "startedAt" + interval '60 minutes');
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_words" CHECK ("hash" ~ '^[0-9a-f]{64}$' AND cardinality("scopes") > 0 AND "scopes" <@ ARRAY['read', 'write'] AND "source" IN ('bootstrap', 'person'));
ALTER TABLE "teams" ADD CONSTRAINT "teams_quota" CHECK ("clusterQuota" >= 0);
ALTER TABLE "rights_mappings" ADD CONSTRAINT "rights_mappings_shape" CHECK (coalesce(
  (("type" = 'group' AND "group" IS NOT NULL AND "issuer" IS NULL AND "subject" IS NULL) OR ("type" = 'subject' AND "group" IS NULL AND "issuer" IS NOT NULL AND "subject" IS NOT NULL))
  AND (("global" IN ('platform-admin', 'viewer') AND "teamId" IS NULL AND "teamRole" IS NULL) OR ("global" IS NULL AND "teamId" IS NOT NULL AND "teamRole" IN ('developer', 'lead'))), false));
ALTER TABLE "policies" ADD CONSTRAINT "policies_slots" CHECK ("version" >= 1 AND jsonb_typeof("slots") = 'array');
ALTER TABLE "blueprints" ADD CONSTRAINT "blueprints_version" CHECK ("version" >= 1);

ALTER TABLE "requests" ADD CONSTRAINT "requests_words" CHECK (
  "state" IN ('waiting', 'approved', 'delivering', 'delivered', 'sent-back', 'rejected', 'withdrawn', 'expired', 'failed')
  AND "visibility" IN ('team', 'organisation') AND "revision" >= 1 AND "reservedClusters" >= 0 AND jsonb_typeof("slots") = 'array');
-- The approved bytes are the applied bytes.
ALTER TABLE "requests" ADD CONSTRAINT "requests_hash_of_plan" CHECK ("contentHash" = encode(sha256(convert_to("planBytes", 'UTF8')), 'hex'));
ALTER TABLE "request_revisions" ADD CONSTRAINT "request_revisions_hash_of_plan" CHECK ("revision" >= 1 AND "contentHash" = encode(sha256(convert_to("planBytes", 'UTF8')), 'hex'));
-- At most one request per target is approved or delivering: such a request holds its target's unique key.
ALTER TABLE "requests" ADD CONSTRAINT "requests_active_target" CHECK (
  ("state" NOT IN ('approved', 'delivering') OR "activeTargetKey" IS NOT NULL)
  AND ("activeTargetKey" IS NULL OR ("state" IN ('approved', 'delivering', 'failed') AND "activeTargetKey" = "managementCluster" || '/' || "namespace" || '/' || "name")));
-- A name outlives its request only with the object it made.
ALTER TABLE "requests" ADD CONSTRAINT "requests_free_names" CHECK (
  "state" NOT IN ('rejected', 'withdrawn', 'expired') OR ("reservedName" IS NULL AND "reservedAwsName" IS NULL AND "reservedClusters" = 0));
ALTER TABLE "request_contributors" ADD CONSTRAINT "request_contributors_words" CHECK ("reason" IN ('submitted', 'blueprint-author', 'policy-author', 'tenancy-editor'));
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_words" CHECK ("decision" IN ('approve', 'send-back', 'reject') AND ("decision" <> 'approve' OR "slotId" IS NOT NULL));
ALTER TABLE "delivery_steps" ADD CONSTRAINT "delivery_steps_words" CHECK (
  "op" IN ('apply', 'delete', 'await') AND "state" IN ('pending', 'running', 'waiting', 'done', 'failed') AND "n" >= 1 AND "attempts" >= 0 AND "fence" >= 0
  AND (("state" = 'running') = ("leaseOwner" IS NOT NULL AND "leaseUntil" IS NOT NULL)));

ALTER TABLE "audit_rows" ADD CONSTRAINT "audit_rows_words" CHECK (
  "seq" >= 1 AND "outcome" IN ('ok', 'refused') AND "actorType" IN ('person', 'system') AND "mac" ~ '^[0-9a-f]{64}$' AND ("seq" = 1) = ("prevMac" = ''));
ALTER TABLE "audit_head" ADD CONSTRAINT "audit_head_one_row" CHECK ("id" = 1 AND "seq" >= 0);
ALTER TABLE "status_transitions" ADD CONSTRAINT "status_transitions_first" CHECK ("previousId" >= 0 AND ("previousId" = 0) = ("from" IS NULL));

-- ---- four-eyes ----

CREATE FUNCTION "trellis_guard_approval"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked "requests"%ROWTYPE;
BEGIN
  -- The lock also waits for contributors that another transaction is just adding: their foreign key holds a share of it.
  SELECT * INTO STRICT asked FROM "requests" WHERE "number" = NEW."requestNumber" FOR UPDATE;
  IF asked."requesterId" = NEW."approverId"
     OR EXISTS (SELECT 1 FROM "request_contributors" WHERE "requestNumber" = NEW."requestNumber" AND "userId" = NEW."approverId")
     OR EXISTS (SELECT 1 FROM "request_revisions" WHERE "requestNumber" = NEW."requestNumber" AND "submittedById" = NEW."approverId") THEN
    RAISE EXCEPTION 'requests.fourEyes' USING ERRCODE = 'TR001';
  END IF;
  IF asked."state" <> 'waiting' THEN
    RAISE EXCEPTION 'database.notWaiting' USING ERRCODE = 'TR002';
  END IF;
  IF asked."revision" <> NEW."revision" OR asked."contentHash" <> NEW."contentHash" THEN
    RAISE EXCEPTION 'database.staleContent' USING ERRCODE = 'TR002';
  END IF;
  IF NEW."slotId" IS NOT NULL AND NOT asked."slots" @> jsonb_build_array(jsonb_build_object('id', NEW."slotId")) THEN
    RAISE EXCEPTION 'database.unknownSlot' USING ERRCODE = 'TR003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "approvals_guard" BEFORE INSERT ON "approvals" FOR EACH ROW EXECUTE FUNCTION "trellis_guard_approval"();

-- A request becomes approved only with an approval in each slot, and from then on its content stands still. An ended request stays ended.
CREATE FUNCTION "trellis_guard_request"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD."state" IN ('delivered', 'rejected', 'withdrawn', 'expired') AND NEW."state" <> OLD."state" THEN
      RAISE EXCEPTION 'database.ended' USING ERRCODE = 'TR002';
    END IF;
    IF OLD."state" NOT IN ('waiting', 'sent-back') AND (NEW."planBytes", NEW."contentHash", NEW."revision", NEW."slots", NEW."input") IS DISTINCT FROM (OLD."planBytes", OLD."contentHash", OLD."revision", OLD."slots", OLD."input") THEN
      RAISE EXCEPTION 'database.contentStands' USING ERRCODE = 'TR003';
    END IF;
    IF OLD."state" IN ('approved', 'delivering', 'delivered', 'failed') THEN
      RETURN NEW;
    END IF;
  END IF;
  IF NEW."state" IN ('approved', 'delivering', 'delivered', 'failed') AND EXISTS (
    SELECT 1 FROM jsonb_array_elements(NEW."slots") AS "slot" WHERE NOT EXISTS (
      SELECT 1 FROM "approvals" AS "given" WHERE "given"."requestNumber" = NEW."number" AND "given"."revision" = NEW."revision"
        AND "given"."contentHash" = NEW."contentHash" AND "given"."decision" = 'approve' AND "given"."slotId" = "slot"->>'id')) THEN
    RAISE EXCEPTION 'database.slotsOpen' USING ERRCODE = 'TR001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "requests_guard" BEFORE INSERT OR UPDATE ON "requests" FOR EACH ROW EXECUTE FUNCTION "trellis_guard_request"();

-- ---- what is written stays ----

CREATE FUNCTION "trellis_refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'database.appendOnly' USING ERRCODE = 'TR003';
END $$;
CREATE TRIGGER "approvals_stay" BEFORE UPDATE OR DELETE ON "approvals" FOR EACH ROW EXECUTE FUNCTION "trellis_refuse_change"();
CREATE TRIGGER "request_revisions_stay" BEFORE UPDATE OR DELETE ON "request_revisions" FOR EACH ROW EXECUTE FUNCTION "trellis_refuse_change"();
CREATE TRIGGER "request_contributors_stay" BEFORE UPDATE OR DELETE ON "request_contributors" FOR EACH ROW EXECUTE FUNCTION "trellis_refuse_change"();
CREATE TRIGGER "audit_rows_stay" BEFORE UPDATE OR DELETE ON "audit_rows" FOR EACH ROW EXECUTE FUNCTION "trellis_refuse_change"();
CREATE TRIGGER "audit_rows_stay_all" BEFORE TRUNCATE ON "audit_rows" FOR EACH STATEMENT EXECUTE FUNCTION "trellis_refuse_change"();
CREATE TRIGGER "audit_head_stays" BEFORE DELETE OR TRUNCATE ON "audit_head" FOR EACH STATEMENT EXECUTE FUNCTION "trellis_refuse_change"();
CREATE TRIGGER "approvals_stay_all" BEFORE TRUNCATE ON "approvals" FOR EACH STATEMENT EXECUTE FUNCTION "trellis_refuse_change"();
CREATE TRIGGER "request_contributors_stay_all" BEFORE TRUNCATE ON "request_contributors" FOR EACH STATEMENT EXECUTE FUNCTION "trellis_refuse_change"();

-- ---- audit ----

-- A row continues the head; the head moves one row at a time.
CREATE FUNCTION "trellis_guard_audit_row"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "audit_head" WHERE "id" = 1 AND "seq" = NEW."seq" - 1 AND "mac" = NEW."prevMac") THEN
    RAISE EXCEPTION 'database.auditChain' USING ERRCODE = 'TR003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "audit_rows_guard" BEFORE INSERT ON "audit_rows" FOR EACH ROW EXECUTE FUNCTION "trellis_guard_audit_row"();

CREATE FUNCTION "trellis_guard_audit_head"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "audit_rows" WHERE "seq" = NEW."seq" AND "seq" = OLD."seq" + 1 AND "mac" = NEW."mac" AND "keyId" = NEW."keyId") THEN
    RAISE EXCEPTION 'database.auditChain' USING ERRCODE = 'TR003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "audit_head_guard" BEFORE UPDATE ON "audit_head" FOR EACH ROW EXECUTE FUNCTION "trellis_guard_audit_head"();

-- Sent at commit, nothing after a rollback.
CREATE FUNCTION "trellis_notify_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('trellis_audit', NEW."seq"::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "audit_rows_notify" AFTER INSERT ON "audit_rows" FOR EACH ROW EXECUTE FUNCTION "trellis_notify_audit"();
