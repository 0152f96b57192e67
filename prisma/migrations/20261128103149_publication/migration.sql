-- AlterTable
ALTER TABLE "Article" ADD COLUMN     "coverAlt" TEXT,
ADD COLUMN     "excerpt" TEXT,
ADD COLUMN     "previewVersion" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "publishedAt" TIMESTAMPTZ(3),
ADD COLUMN     "readingMinutes" INTEGER,
ADD COLUMN     "summary" TEXT;

-- What is published already was published when it was written.
UPDATE "Article" SET "publishedAt" = "createdAt" WHERE "isPublished";

-- An article that is published without a time is published now, by the clock that decides who sees it. Cut to whole
-- milliseconds, since rounding would put it into the future.
CREATE FUNCTION set_published_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."publishedAt" := date_trunc('milliseconds', now());
  RETURN NEW;
END
$$;

CREATE TRIGGER set_published_at BEFORE INSERT OR UPDATE ON "Article" FOR EACH ROW
WHEN (NEW."isPublished" AND NEW."publishedAt" IS NULL) EXECUTE FUNCTION set_published_at();

-- The public timeline, its neighbours, and the scheduled articles, which are few and stand at its start.
CREATE INDEX "Article_published_idx" ON "Article" ("publishedAt" DESC NULLS LAST, "id" DESC) WHERE "isPublished";

-- The same of a category.
CREATE INDEX "Article_category_published_idx" ON "Article" ("category", "publishedAt" DESC NULLS LAST, "id" DESC)
WHERE "isPublished";
