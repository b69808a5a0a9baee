import { partyInput } from "../party";

export const Input = partyInput("unit", "agency");
