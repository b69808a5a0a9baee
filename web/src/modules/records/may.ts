import type { RecordView } from "@/api/types";

/** Assigning has a sheet of its own, in which it says whom. */
export const isAssign = (action: { code: string }) => action.code === "assign";

/** Work can be given out when the post may and the record's state allows it. */
export const mayAssign = (record: RecordView) => record.may.assign && record.actions.some(isAssign);
