import { endpoint, route } from "@/lib/api/endpoint";
import { answerMessage } from "@/lib/i18n/translate";
import { withdrawContract } from "@/lib/users/contract";
import { withdraw } from "@/lib/users/delete-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: endpoint(withdrawContract, async ({ user, client }) => {
    await withdraw(user, client);
    return { message: answerMessage("userDeleted", client.locale) };
  }),
});
