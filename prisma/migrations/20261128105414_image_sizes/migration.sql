-- AlterTable
ALTER TABLE "File" ADD COLUMN     "sizes" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN     "wholeFrom" INTEGER;
