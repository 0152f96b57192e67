import { AppError } from "@/lib/core/errors";

/**
 * Runs one task at a time. Accounts take turns, so that many tasks of one account do not delay those of other accounts.
 */
export class PictureQueue {
  /** The waiting tasks of each account, in the order of turns. */
  private readonly lines = new Map<string, Task[]>();
  private waiting = 0;
  private isRunning = false;

  /** @param capacity the maximum number of tasks, including the running one. */
  constructor(private readonly capacity: number) {}

  /**
   * Runs a task when it is the account's turn.
   *
   * @throws AppError `common/unavailable` (503) if too many wait; the account with the most tasks loses one first.
   */
  async add<Result>(account: string, run: () => Promise<Result>): Promise<Result> {
    if (this.waiting + Number(this.isRunning) >= this.capacity) this.makeRoomFor(account);
    return new Promise<Result>((resolve, reject) => {
      const line = this.lines.get(account) ?? [];
      line.push({ run: () => run().then(resolve, reject), reject });
      this.lines.set(account, line);
      this.waiting += 1;
      void this.drain();
    });
  }

  private makeRoomFor(account: string): void {
    const [longest = []] = [...this.lines.values()].sort((one, other) => other.length - one.length);
    const own = this.lines.get(account)?.length ?? 0;
    if (longest.length <= own + 1) throw tooMany();
    longest.pop()?.reject(tooMany());
    this.waiting -= 1;
  }

  private async drain(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    for (let next = this.takeNext(); next; next = this.takeNext()) await next.run();
    this.isRunning = false;
  }

  /** Takes a task of the next account, which moves to the end of the turns. */
  private takeNext(): Task | undefined {
    const [turn] = this.lines;
    if (!turn) return undefined;
    const [account, line] = turn;
    const next = line.shift();
    this.lines.delete(account);
    if (line.length > 0) this.lines.set(account, line);
    this.waiting -= 1;
    return next;
  }
}

type Task = { run: () => Promise<void>; reject: (error: AppError) => void };

function tooMany(): AppError {
  return new AppError("common/unavailable", { retryAfterSeconds: 5 });
}
