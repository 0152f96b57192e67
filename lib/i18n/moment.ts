/** The format of a date with its time. 24 hours, since current Unicode data writes "PM 2:13" even in Korean. */
export const moment = { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" } as const;
