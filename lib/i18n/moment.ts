/** How a date is written with its time. In 24 hours: current Unicode data writes "PM 2:13" in Korean too. */
export const moment = { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" } as const;
