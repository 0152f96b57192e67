-- AlterTable
ALTER TABLE "OutboxMail" ADD COLUMN     "batchId" TEXT,
ADD COLUMN     "isDecoy" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "network" TEXT;

-- CreateIndex
CREATE INDEX "OutboxMail_batchId_idx" ON "OutboxMail"("batchId");

-- CreateIndex
CREATE INDEX "Session_userId_network_createdAt_idx" ON "Session"("userId", "network", "createdAt");

-- Where accounts were signed in to so far. IPv6 addresses are known again from the next sign-in on.
UPDATE "Session" SET "network" = "ipAddress" WHERE "ipAddress" ~ '^\d{1,3}(\.\d{1,3}){3}$';

-- Whether the articles of an author may grow by so many bytes of text. Callers in other transactions wait until this
-- one has ended and then count what it wrote, so that of many writers at once none passes the quota. The length of a
-- text is known without reading it.
CREATE FUNCTION has_text_room(author text, growth bigint, quota bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF growth <= 0 THEN
    RETURN true;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('article text of ' || author, 0));
  RETURN (SELECT coalesce(sum(octet_length(content)), 0) FROM "Article" WHERE "createdBy" = author) + growth <= quota;
END
$$;
