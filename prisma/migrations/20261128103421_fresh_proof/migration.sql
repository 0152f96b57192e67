-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "email" TEXT;

-- AlterTable
ALTER TABLE "EmailToken" ADD COLUMN     "sessionId" TEXT;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "accountId" TEXT,
ADD COLUMN     "provedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- The sessions that there are proved themselves when they began, and not now.
UPDATE "Session" SET "provedAt" = "createdAt";

-- CreateTable
CREATE TABLE "UsedIdToken" (
    "tokenHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "UsedIdToken_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "AddressUndo" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AddressUndo_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "UsedIdToken_expiresAt_idx" ON "UsedIdToken"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "AddressUndo_tokenHash_key" ON "AddressUndo"("tokenHash");

-- CreateIndex
CREATE INDEX "AddressUndo_userId_createdAt_idx" ON "AddressUndo"("userId", "createdAt");

-- AddForeignKey
ALTER TABLE "AddressUndo" ADD CONSTRAINT "AddressUndo_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
