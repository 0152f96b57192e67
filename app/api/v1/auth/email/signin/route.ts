import { signInContract } from "@/lib/auth/contract";
import { signIn } from "@/lib/auth/sign-in";
import { endpoint, route } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(signInContract, ({ body, client }) => signIn(body, client)),
});
