import { useNavigate } from "react-router-dom";
import { useRegisters } from "@/api/registers";
import { t } from "@/texts";
import { Button, Dropdown, type MenuProps } from "@/ui/controls";
import { PlusOutlined } from "@/ui/icons";

/** Whatever the post may make, by group. */
export function MakeMenu() {
  const registers = useRegisters();
  const navigate = useNavigate();
  const mine = (registers.data ?? []).filter((register) => register.may.create);
  if (mine.length === 0) return null;
  const groups = [...new Set(mine.map((register) => register.group))];
  const items: MenuProps["items"] = groups.map((group) => {
    const of = mine.filter((register) => register.group === group);
    return {
      type: "group",
      label: of[0]!.group_label,
      children: of.map((register) => ({ key: register.code, label: register.title, onClick: () => navigate(`/registers/${register.code}/new`) })),
    };
  });
  return (
    <Dropdown menu={{ items, style: { maxHeight: "70vh", overflow: "auto" } }} trigger={["click"]}>
      <Button icon={<PlusOutlined />}>{t("frame.make")}</Button>
    </Dropdown>
  );
}
