import { signUpContract } from "@/lib/auth/contract";
import { signUp } from "@/lib/auth/sign-up";
import { endpoint, route } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(signUpContract, ({ body, client }) => signUp(body, client)),
});
