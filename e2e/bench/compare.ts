import type { LoadResult } from "./load";
import { median, rounded, verdict } from "./report";

/** Measures the app and the floor alternately, and prints the median ratio of their speeds. */
export async function compare(
  what: string,
  rounds: number,
  share: number | undefined,
  app: () => Promise<LoadResult>,
  floor: () => Promise<LoadResult>,
): Promise<void> {
  const ratios: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const { perSecond } = await app();
    const bare = await floor();
    // The first round is a warm-up.
    if (round === 0) continue;
    ratios.push(perSecond / bare.perSecond);
    floors.push(bare.perSecond);
  }
  verdict(
    `${what}, ${rounded(median(floors))} a second (${ratios.map(rounded).join(", ")})`,
    median(ratios),
    "at least",
    share,
  );
}
