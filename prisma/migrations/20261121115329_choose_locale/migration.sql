-- AlterTable
ALTER TABLE "User" ADD COLUMN     "localeChosen" BOOLEAN NOT NULL DEFAULT false;
