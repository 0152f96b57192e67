import { notFoundRoute } from "@/lib/api/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = notFoundRoute("common/not-found");
