import { linkAccount, listAccounts } from "@/lib/auth/linked-accounts";
import { linkAccountContract, listAccountsContract } from "@/lib/auth/social-contract";
import { endpoint, route } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listAccountsContract, ({ query, user }) => listAccounts(query, user)),
  POST: endpoint(linkAccountContract, ({ body, user, client }) => linkAccount(body, user, client)),
});
