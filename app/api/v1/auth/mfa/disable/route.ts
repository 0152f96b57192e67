import { endpoint, route } from "@/lib/api/endpoint";
import { disableSecondFactorContract } from "@/lib/auth/factors/contract";
import { disableSecondFactor } from "@/lib/auth/second-factor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(disableSecondFactorContract, async ({ body, user, client }) => {
    await disableSecondFactor(body, user, client);
    return {};
  }),
});
