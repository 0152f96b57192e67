import { endpoint, route } from "@/lib/api/endpoint";
import { followSignUpLink } from "@/lib/api/follow-sign-up-link";
import { signUpConfirmContract } from "@/lib/auth/email/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(signUpConfirmContract, ({ query, client }) => followSignUpLink(query, client)),
});
