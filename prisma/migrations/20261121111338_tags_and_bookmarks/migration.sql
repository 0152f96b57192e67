-- AlterTable
ALTER TABLE "Article" ADD COLUMN     "tags" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "Tag" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "createdBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Tag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Bookmark" (
    "id" TEXT NOT NULL,
    "articleId" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Bookmark_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Tag_createdAt_id_idx" ON "Tag"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Tag_slug_idx" ON "Tag"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Tag_createdBy_nameKey_key" ON "Tag"("createdBy", "nameKey");

-- CreateIndex
CREATE UNIQUE INDEX "Tag_createdBy_slug_key" ON "Tag"("createdBy", "slug");

-- CreateIndex
CREATE INDEX "Bookmark_createdBy_createdAt_id_idx" ON "Bookmark"("createdBy", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Bookmark_articleId_idx" ON "Bookmark"("articleId");

-- CreateIndex
CREATE UNIQUE INDEX "Bookmark_createdBy_articleId_key" ON "Bookmark"("createdBy", "articleId");

-- CreateIndex
CREATE INDEX "Article_tags_idx" ON "Article" USING GIN ("tags");

-- AddForeignKey
ALTER TABLE "Tag" ADD CONSTRAINT "Tag_createdBy_fkey" FOREIGN KEY ("createdBy") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Bookmark" ADD CONSTRAINT "Bookmark_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Bookmark" ADD CONSTRAINT "Bookmark_createdBy_fkey" FOREIGN KEY ("createdBy") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A deleted tag leaves its articles. The row of the tag is locked by then, and whoever names a tag in an article
-- locks it first (lib/tags/hold-tags.ts), so that the two never miss each other.
CREATE FUNCTION take_tag_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Article" SET "tags" = array_remove("tags", OLD."id") WHERE "tags" @> ARRAY[OLD."id"];
  RETURN NULL;
END
$$;

CREATE TRIGGER take_deleted_tag_out AFTER DELETE ON "Tag" FOR EACH ROW EXECUTE FUNCTION take_tag_out();
