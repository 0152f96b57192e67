import { endpoint, route } from "@/lib/api/endpoint";
import { answerMessage } from "@/lib/i18n/translate";
import { removeAvatarContract, setAvatarContract } from "@/lib/users/avatars/contract";
import { removeAvatar } from "@/lib/users/avatars/remove-avatar";
import { setAvatar } from "@/lib/users/avatars/set-avatar";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  PATCH: endpoint(setAvatarContract, ({ params, body, actor }) =>
    setAvatar(params.userId, body.s3Key, actor),
  ),
  DELETE: endpoint(removeAvatarContract, async ({ params, actor, client }) => {
    await removeAvatar(params.userId, actor);
    return { message: answerMessage("avatarRemoved", client.locale) };
  }),
});
