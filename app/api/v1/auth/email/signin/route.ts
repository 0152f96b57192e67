import { endpoint, route } from "@/lib/api/endpoint";
import { signInContract } from "@/lib/auth/contract";
import { signIn } from "@/lib/auth/sign-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(signInContract, ({ body, client }) => signIn(body, client)),
});
