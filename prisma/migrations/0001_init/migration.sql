-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "userId" UUID NOT NULL,
    "teamId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("userId","teamId","role","source")
);

-- CreateTable
CREATE TABLE "global_grants" (
    "userId" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "global_grants_pkey" PRIMARY KEY ("userId","role","source")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tokens" (
    "id" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "source" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "clusterQuota" INTEGER NOT NULL,
    "quotaChangedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenancy_edits" (
    "id" BIGSERIAL NOT NULL,
    "teamId" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tenancy_edits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rights_mappings" (
    "key" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "group" TEXT,
    "issuer" TEXT,
    "subject" TEXT,
    "global" TEXT,
    "teamId" TEXT,
    "teamRole" TEXT,

    CONSTRAINT "rights_mappings_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" TEXT NOT NULL,
    "awsAccountId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "roleArn" TEXT NOT NULL,
    "externalId" TEXT,
    "data" JSONB NOT NULL,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_grants" (
    "accountId" TEXT NOT NULL,
    "teamId" TEXT NOT NULL,

    CONSTRAINT "account_grants_pkey" PRIMARY KEY ("accountId","teamId")
);

-- CreateTable
CREATE TABLE "policies" (
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "slots" JSONB NOT NULL,
    "authorIssuer" TEXT,
    "authorSubject" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("name","version")
);

-- CreateTable
CREATE TABLE "blueprints" (
    "id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "policyName" TEXT NOT NULL,
    "authorIssuer" TEXT,
    "authorSubject" TEXT,
    "withdrawnAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "blueprints_pkey" PRIMARY KEY ("id","version")
);

-- CreateTable
CREATE TABLE "settings" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "requests" (
    "number" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "teamId" TEXT,
    "state" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "managementCluster" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "planBytes" TEXT NOT NULL,
    "admitted" JSONB NOT NULL,
    "notes" JSONB NOT NULL,
    "policyName" TEXT NOT NULL,
    "slots" JSONB NOT NULL,
    "blueprintVersion" TEXT,
    "requesterId" UUID,
    "visibility" TEXT NOT NULL,
    "submittedAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "failure" JSONB,
    "reservedName" TEXT,
    "reservedAwsName" TEXT,
    "reservedClusters" INTEGER NOT NULL DEFAULT 0,
    "activeTargetKey" TEXT,

    CONSTRAINT "requests_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "request_revisions" (
    "requestNumber" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "contentHash" TEXT NOT NULL,
    "planBytes" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "submittedById" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "request_revisions_pkey" PRIMARY KEY ("requestNumber","revision")
);

-- CreateTable
CREATE TABLE "request_contributors" (
    "requestNumber" INTEGER NOT NULL,
    "userId" UUID NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "request_contributors_pkey" PRIMARY KEY ("requestNumber","userId","reason")
);

-- CreateTable
CREATE TABLE "approvals" (
    "id" BIGSERIAL NOT NULL,
    "requestNumber" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "slotId" TEXT,
    "approverId" UUID NOT NULL,
    "decision" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "comment" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comments" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "requestNumber" INTEGER NOT NULL,
    "authorId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "userId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "bodyHash" TEXT NOT NULL,
    "requestNumber" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("userId","key")
);

-- CreateTable
CREATE TABLE "delivery_steps" (
    "requestNumber" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "op" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "label" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "leaseOwner" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "nextTryAt" TIMESTAMPTZ(3),
    "message" JSONB,
    "result" JSONB,

    CONSTRAINT "delivery_steps_pkey" PRIMARY KEY ("requestNumber","n")
);

-- CreateTable
CREATE TABLE "audit_rows" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "actorType" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "actorVia" TEXT NOT NULL,
    "teamId" TEXT,
    "target" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "prevMac" TEXT NOT NULL,
    "mac" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,

    CONSTRAINT "audit_rows_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "id" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "mac" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signed_heads" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "seq" BIGINT NOT NULL,
    "mac" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "signed_heads_pkey" PRIMARY KEY ("at")
);

-- CreateTable
CREATE TABLE "status_transitions" (
    "id" BIGSERIAL NOT NULL,
    "objectKind" TEXT NOT NULL,
    "objectKey" TEXT NOT NULL,
    "objectUid" TEXT NOT NULL,
    "previousId" BIGINT NOT NULL,
    "from" TEXT,
    "to" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sentence" JSONB NOT NULL,

    CONSTRAINT "status_transitions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_issuer_subject_key" ON "users"("issuer", "subject");

-- CreateIndex
CREATE INDEX "memberships_teamId_idx" ON "memberships"("teamId");

-- CreateIndex
CREATE INDEX "sessions_userId_idx" ON "sessions"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "tokens_hash_key" ON "tokens"("hash");

-- CreateIndex
CREATE INDEX "tokens_userId_idx" ON "tokens"("userId");

-- CreateIndex
CREATE INDEX "tenancy_edits_teamId_at_idx" ON "tenancy_edits"("teamId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "requests_reserved_name" ON "requests"("reservedName");

-- CreateIndex
CREATE UNIQUE INDEX "requests_reserved_aws_name" ON "requests"("reservedAwsName");

-- CreateIndex
CREATE UNIQUE INDEX "requests_active_target_key" ON "requests"("activeTargetKey");

-- CreateIndex
CREATE INDEX "requests_state_expiresAt_idx" ON "requests"("state", "expiresAt");

-- CreateIndex
CREATE INDEX "requests_teamId_state_idx" ON "requests"("teamId", "state");

-- CreateIndex
CREATE INDEX "requests_managementCluster_namespace_name_idx" ON "requests"("managementCluster", "namespace", "name");

-- CreateIndex
CREATE UNIQUE INDEX "approvals_one_vote" ON "approvals"("requestNumber", "revision", "approverId");

-- CreateIndex
CREATE UNIQUE INDEX "approvals_one_per_slot" ON "approvals"("requestNumber", "revision", "slotId");

-- CreateIndex
CREATE INDEX "comments_requestNumber_at_idx" ON "comments"("requestNumber", "at");

-- CreateIndex
CREATE INDEX "audit_rows_target_seq_idx" ON "audit_rows"("target", "seq");

-- CreateIndex
CREATE INDEX "audit_rows_teamId_seq_idx" ON "audit_rows"("teamId", "seq");

-- CreateIndex
CREATE INDEX "audit_rows_actorId_seq_idx" ON "audit_rows"("actorId", "seq");

-- CreateIndex
CREATE INDEX "audit_rows_action_seq_idx" ON "audit_rows"("action", "seq");

-- CreateIndex
CREATE INDEX "status_transitions_objectKind_objectKey_id_idx" ON "status_transitions"("objectKind", "objectKey", "id");

-- CreateIndex
CREATE UNIQUE INDEX "status_transitions_once" ON "status_transitions"("objectKind", "objectUid", "previousId");

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "global_grants" ADD CONSTRAINT "global_grants_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tenancy_edits" ADD CONSTRAINT "tenancy_edits_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tenancy_edits" ADD CONSTRAINT "tenancy_edits_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_grants" ADD CONSTRAINT "account_grants_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_grants" ADD CONSTRAINT "account_grants_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requests" ADD CONSTRAINT "requests_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requests" ADD CONSTRAINT "requests_requesterId_fkey" FOREIGN KEY ("requesterId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_revisions" ADD CONSTRAINT "request_revisions_requestNumber_fkey" FOREIGN KEY ("requestNumber") REFERENCES "requests"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_revisions" ADD CONSTRAINT "request_revisions_submittedById_fkey" FOREIGN KEY ("submittedById") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_contributors" ADD CONSTRAINT "request_contributors_requestNumber_fkey" FOREIGN KEY ("requestNumber") REFERENCES "requests"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_contributors" ADD CONSTRAINT "request_contributors_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_requestNumber_fkey" FOREIGN KEY ("requestNumber") REFERENCES "requests"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_approverId_fkey" FOREIGN KEY ("approverId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_requestNumber_fkey" FOREIGN KEY ("requestNumber") REFERENCES "requests"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_requestNumber_fkey" FOREIGN KEY ("requestNumber") REFERENCES "requests"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_steps" ADD CONSTRAINT "delivery_steps_requestNumber_fkey" FOREIGN KEY ("requestNumber") REFERENCES "requests"("number") ON DELETE RESTRICT ON UPDATE CASCADE;
