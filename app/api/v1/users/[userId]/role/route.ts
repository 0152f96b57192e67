import { endpoint, route } from "@/lib/api/endpoint";
import { changeRoleContract } from "@/lib/users/contract";
import { changeRole } from "@/lib/users/update-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  PATCH: endpoint(changeRoleContract, ({ params, body, actor, client }) =>
    changeRole(params.userId, body.role, actor, client),
  ),
});
