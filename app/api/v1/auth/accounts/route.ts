import { endpoint, route } from "@/lib/api/endpoint";
import { linkAccountContract, listAccountsContract } from "@/lib/auth/social/contract";
import { linkAccount, listAccounts } from "@/lib/auth/social/linked-accounts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listAccountsContract, ({ query, user }) => listAccounts(query, user)),
  POST: endpoint(linkAccountContract, ({ body, user, client }) => linkAccount(body, user, client)),
});
