import { NamedView } from "../NamedView";

export const View = NamedView;
