-- AlterTable
ALTER TABLE "Article" ADD COLUMN     "updatedBy" TEXT;
