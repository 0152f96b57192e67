-- CreateTable
CREATE TABLE "ArticleAlias" (
    "path" TEXT NOT NULL,
    "articleId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ArticleAlias_pkey" PRIMARY KEY ("path")
);

-- CreateIndex
CREATE INDEX "ArticleAlias_articleId_idx" ON "ArticleAlias"("articleId");

-- AddForeignKey
ALTER TABLE "ArticleAlias" ADD CONSTRAINT "ArticleAlias_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;
