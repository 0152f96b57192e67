import { listSessions } from "@/lib/auth/list-sessions";
import { listSessionsContract } from "@/lib/auth/session-contract";
import { endpoint, route } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listSessionsContract, ({ query, user }) => listSessions(query, user)),
});
