import "server-only";
import { Prisma } from "@/lib/core/db";

/** The columns by which tags may be sorted and filtered. */
export const tagFields = {
  id: Prisma.sql`t.id`,
  name: Prisma.sql`t.name`,
  slug: Prisma.sql`t.slug`,
  createdBy: Prisma.sql`t."createdBy"`,
  createdAt: Prisma.sql`t."createdAt"`,
  updatedAt: Prisma.sql`t."updatedAt"`,
};

/** The columns of a tag in responses. */
export const tagColumns = Prisma.join(Object.values(tagFields));
