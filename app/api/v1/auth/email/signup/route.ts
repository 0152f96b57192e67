import { endpoint, route } from "@/lib/api/endpoint";
import { signUpContract } from "@/lib/auth/contract";
import { signUp } from "@/lib/auth/sign-up";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(signUpContract, ({ body, client }) => signUp(body, client)),
});
