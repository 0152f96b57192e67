import { signUpConfirmContract } from "@/lib/auth/email-contract";
import { followSignUpLink } from "@/lib/auth/sign-up-link";
import { endpoint, route } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(signUpConfirmContract, ({ query, client }) => followSignUpLink(query, client)),
});
