import "server-only";
import { env } from "@/lib/config/env";
import { readLimited } from "@/lib/core/bounded-bytes";
import { AppError } from "@/lib/core/errors";
import { maxImageBytes } from "@/lib/images/image-types";
import { log } from "@/lib/runtime/log";
import { providers } from "@/lib/social-providers/social-providers";
import { uploadAvatar } from "@/lib/users/avatars/upload-avatar";

const timeoutMs = 5000;

/**
 * Imports the picture that a user has at a provider into our own storage: pages then show it without revealing readers
 * to the provider. It is fetched only from hosts of the provider, since an account there can name any URL. If that
 * fails, the account has no picture.
 */
export async function importProviderAvatar(user: { id: string; image: string | null }): Promise<void> {
  if (!user.image || !isOfProvider(new URL(user.image))) return;
  try {
    const bytes = await fetchImage(user.image);
    await uploadAvatar(user.id, { filename: "picture", bytes }, { userId: user.id, isAdmin: false });
  } catch (error) {
    const reason = error instanceof AppError ? error.code : String(error);
    log.warn("user.picture-not-adopted", { userId: user.id, reason });
  }
}

function isOfProvider({ protocol, hostname, origin }: URL): boolean {
  if (Object.values(env().providers).some(({ address }) => new URL(address).origin === origin)) return true;
  return (
    protocol === "https:" && Object.values(providers).some(({ avatarHosts }) => avatarHosts.test(hostname))
  );
}

async function fetchImage(address: string): Promise<Buffer> {
  const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`The picture was answered with ${response.status}.`);
  return readLimited(maxImageBytes, response.body, "file/file-too-large");
}
