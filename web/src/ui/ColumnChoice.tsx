import { t } from "@/texts";
import { Button, Checkbox, IconButton, Popover } from "./controls";
import { TableOutlined } from "./icons";

interface Props {
  columns: { code: string; label: string }[];
  shown: string[];
  choose: (codes: string[] | null) => void;
}

/** Which columns a list shows; remembered for the account. */
export function ColumnChoice({ columns, shown, choose }: Props) {
  const content = (
    <div className="column" style={{ maxHeight: 360, overflow: "auto" }}>
      {columns.map((column) => (
        <Checkbox
          key={column.code}
          checked={shown.includes(column.code)}
          disabled={shown.length === 1 && shown[0] === column.code}
          onChange={(event) => choose(columns.map((each) => each.code).filter((code) => (code === column.code ? event.target.checked : shown.includes(code))))}
        >
          {column.label}
        </Checkbox>
      ))}
      <Button size="small" onClick={() => choose(null)}>
        {t("list.columns_reset")}
      </Button>
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="bottomRight" title={t("list.columns")}>
      <IconButton name={t("list.columns")} icon={<TableOutlined />} size="small" />
    </Popover>
  );
}
