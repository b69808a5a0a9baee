/** The library's plain controls under our names: nothing outside ui/ imports the library. */
import { Button as AntButton, Tooltip, type ButtonProps } from "antd";
import type { ReactNode } from "react";

export { Checkbox, Dropdown, Popover, Radio } from "antd";
export type { MenuProps } from "antd";

type Look = "primary" | "plain" | "quiet" | "danger";

interface Props extends Omit<ButtonProps, "type" | "danger" | "variant" | "color"> {
  look?: Look;
  submit?: boolean;
}

/** A picture says nothing to a screen reader that its word does not. */
export function Button({ look = "plain", submit, icon, ...rest }: Props) {
  const type = look === "primary" ? "primary" : look === "quiet" ? "text" : "default";
  return <AntButton type={type} danger={look === "danger"} htmlType={submit ? "submit" : "button"} icon={icon && <span aria-hidden="true">{icon}</span>} {...rest} />;
}

/** A picture with a name: the name is its tooltip and what a screen reader says. */
export function IconButton({ name, icon, ...rest }: Omit<Props, "icon" | "children" | "name"> & { name: string; icon: ReactNode }) {
  return (
    <Tooltip title={name} mouseEnterDelay={0.4}>
      <Button look="quiet" aria-label={name} icon={icon} {...rest} />
    </Tooltip>
  );
}
