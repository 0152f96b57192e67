import { endpoint, route } from "@/lib/http/endpoint";
import { answerMessage } from "@/lib/i18n/translate";
import { withdrawContract } from "@/lib/users/contract";
import { deleteUser } from "@/lib/users/delete-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: endpoint(withdrawContract, async ({ user, actor, client }) => {
    await deleteUser(user.id, actor, client);
    return { message: answerMessage("userDeleted", client.locale) };
  }),
});
