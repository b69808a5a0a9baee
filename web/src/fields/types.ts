import type { ComponentType } from "react";
import type { Field, Value } from "@/api/types";

export interface InputProps {
  field: Field;
  id: string;
  value: Value;
  /** The value as the server wrote it: the name of a person, the title of a record. */
  shown?: string;
  onChange: (value: Value) => void;
  invalid?: boolean;
  disabled?: boolean;
}

export interface ViewProps {
  field: Field;
  value: Value;
  shown?: string;
}

export interface FieldKind {
  Input: ComponentType<InputProps>;
  View: ComponentType<ViewProps>;
  /** Takes the whole width of a form. */
  wide?: boolean;
}

export const asText = (value: Value): string => (typeof value === "string" ? value : value === null || value === undefined ? "" : String(value));
export const isEmpty = (value: Value): boolean => value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
