import { endpoint, route } from "@/lib/api/endpoint";
import { confirmSecondFactorContract } from "@/lib/auth/factors/contract";
import { confirmSecondFactor } from "@/lib/auth/second-factor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(confirmSecondFactorContract, ({ body, user, client }) =>
    confirmSecondFactor(body, user, client),
  ),
});
