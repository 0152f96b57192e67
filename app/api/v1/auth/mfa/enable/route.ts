import { endpoint, route } from "@/lib/api/endpoint";
import { enableSecondFactorContract } from "@/lib/auth/factors/contract";
import { enableSecondFactor } from "@/lib/auth/second-factor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(enableSecondFactorContract, ({ body, user, client }) =>
    enableSecondFactor(body, user, client),
  ),
});
