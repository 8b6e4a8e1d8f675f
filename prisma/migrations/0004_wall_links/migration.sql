-- CreateTable
CREATE TABLE "wall_links" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "cookieHash" TEXT,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "exchangedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "revokedById" UUID,
    "revokeReason" TEXT,

    CONSTRAINT "wall_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempts" (
    "key" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "attempts_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "wall_links_tokenHash_key" ON "wall_links"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "wall_links_cookieHash_key" ON "wall_links"("cookieHash");

-- CreateIndex
CREATE INDEX "wall_links_createdAt_idx" ON "wall_links"("createdAt");

-- CreateIndex
CREATE INDEX "attempts_startedAt_idx" ON "attempts"("startedAt");

-- AddForeignKey
ALTER TABLE "wall_links" ADD CONSTRAINT "wall_links_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wall_links" ADD CONSTRAINT "wall_links_revokedById_fkey" FOREIGN KEY ("revokedById") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- what the schema file cannot say ----

-- A cookie is there exactly when the link was exchanged, and no link outlives a year.
ALTER TABLE "wall_links" ADD CONSTRAINT "wall_links_words" CHECK (
  "tokenHash" ~ '^[0-9a-f]{64}$' AND ("cookieHash" IS NULL OR "cookieHash" ~ '^[0-9a-f]{64}$')
  AND ("cookieHash" IS NULL) = ("exchangedAt" IS NULL)
  AND ("revokedAt" IS NULL) = ("revokedById" IS NULL) AND ("revokedAt" IS NULL) = ("revokeReason" IS NULL)
  AND "expiresAt" > "createdAt" AND "expiresAt" <= "createdAt" + interval '365 days');
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_count" CHECK ("count" >= 1);

-- A screen that asks for more than the map leaves a row too.
ALTER TABLE "audit_rows" DROP CONSTRAINT "audit_rows_words";
ALTER TABLE "audit_rows" ADD CONSTRAINT "audit_rows_words" CHECK (
  "seq" >= 1 AND "outcome" IN ('ok', 'refused') AND "actorType" IN ('person', 'system', 'wall') AND "mac" ~ '^[0-9a-f]{64}$' AND ("seq" = 1) = ("prevMac" = ''));
