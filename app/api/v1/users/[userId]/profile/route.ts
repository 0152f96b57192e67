import { endpoint, route } from "@/lib/api/endpoint";
import { getProfileContract, updateProfileContract } from "@/lib/users/contract";
import { getUser } from "@/lib/users/get-user";
import { updateUser } from "@/lib/users/update-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getProfileContract, ({ params, actor }) => getUser(params.userId, actor)),
  PATCH: endpoint(updateProfileContract, ({ params, body, actor, client }) =>
    updateUser(params.userId, body, actor, client),
  ),
});
