import { endpoint, route } from "@/lib/api/endpoint";
import { listAuditLogContract } from "@/lib/audit/contract";
import { listAuditLog } from "@/lib/audit/list-audit-log";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listAuditLogContract, ({ query, actor }) => listAuditLog(query, actor)),
});
