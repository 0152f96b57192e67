import { endpoint, route } from "@/lib/api/endpoint";
import { listUsersContract } from "@/lib/users/contract";
import { listUsers } from "@/lib/users/list-users";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listUsersContract, ({ query, actor }) => listUsers(query, actor)),
});
