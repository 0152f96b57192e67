-- AlterTable
ALTER TABLE "AddressUndo" ADD COLUMN     "emailVerified" TIMESTAMPTZ(3);

-- Tokens that were issued before restore a verified address, as their emails say.
UPDATE "AddressUndo" SET "emailVerified" = "createdAt";
