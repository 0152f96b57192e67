-- DropTable
DROP TABLE "FinishedTrip";

-- CreateTable
CREATE TABLE "OAuthFlow" (
    "stateHash" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "callbackUrl" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OAuthFlow_pkey" PRIMARY KEY ("stateHash")
);

-- CreateIndex
CREATE INDEX "OAuthFlow_expiresAt_idx" ON "OAuthFlow"("expiresAt");
