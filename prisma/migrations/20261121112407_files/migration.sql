-- CreateEnum
CREATE TYPE "FileKind" AS ENUM ('avatar', 'file');

-- CreateEnum
CREATE TYPE "FileVisibility" AS ENUM ('public', 'private', 'protected', 'shared');

-- CreateTable
CREATE TABLE "File" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "privateName" TEXT NOT NULL,
    "kind" "FileKind" NOT NULL,
    "visibility" "FileVisibility" NOT NULL,
    "ownerId" TEXT,
    "originalName" TEXT NOT NULL,
    "mimeType" TEXT NOT NULL,
    "size" INTEGER,
    "width" INTEGER,
    "height" INTEGER,
    "version" TEXT,
    "uploadExpiresAt" TIMESTAMPTZ(3) NOT NULL,
    "uploadedAt" TIMESTAMPTZ(3),
    "registeredAt" TIMESTAMPTZ(3),
    "settledAt" TIMESTAMPTZ(3),
    "removedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "File_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "File_key_key" ON "File"("key");

-- CreateIndex
CREATE INDEX "File_ownerId_kind_idx" ON "File"("ownerId", "kind");

-- CreateIndex
CREATE INDEX "File_settledAt_uploadExpiresAt_idx" ON "File"("settledAt", "uploadExpiresAt");

-- CreateIndex
CREATE INDEX "File_removedAt_idx" ON "File"("removedAt");

-- AddForeignKey
ALTER TABLE "File" ADD CONSTRAINT "File_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
