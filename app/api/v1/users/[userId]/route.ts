import { endpoint, route } from "@/lib/api/endpoint";
import { answerMessage } from "@/lib/i18n/translate";
import { deleteUserContract, getUserContract, updateUserContract } from "@/lib/users/contract";
import { deleteUser, withdraw } from "@/lib/users/delete-user";
import { getUser } from "@/lib/users/get-user";
import { updateUser } from "@/lib/users/update-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getUserContract, ({ params, actor }) => getUser(params.userId, actor)),
  PATCH: endpoint(updateUserContract, ({ params, body, actor, client }) =>
    updateUser(params.userId, body, actor, client),
  ),
  DELETE: endpoint(deleteUserContract, async ({ params, user, actor, client }) => {
    if (user?.id === params.userId) await withdraw(user, client);
    else await deleteUser(params.userId, actor, client);
    return { message: answerMessage("userDeleted", client.locale) };
  }),
});
