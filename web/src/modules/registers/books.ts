import type { Register, RegisterSummary, Session } from "@/api/types";

const readers = ["number_books", "calendar", "journal"];

/** Number books are for who keeps them, who adds to the register, and who watches over the agency. */
export const readsBooks = (session: Session, register: Pick<Register | RegisterSummary, "may">) =>
  register.may.create || readers.some((each) => session.permissions.includes(each));
