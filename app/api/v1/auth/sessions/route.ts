import { endpoint, route } from "@/lib/api/endpoint";
import { listSessionsContract } from "@/lib/auth/sessions/contract";
import { listSessions } from "@/lib/auth/sessions/list-sessions";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listSessionsContract, ({ query, user }) => listSessions(query, user)),
});
