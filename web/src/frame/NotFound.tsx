import { Link } from "react-router-dom";
import { t } from "@/texts";
import { Empty } from "@/ui/Panel";
import { Page } from "./Page";

export function NotFound() {
  return (
    <Page title={t("frame.not_found")}>
      <Empty title={t("frame.not_found")} action={<Link to="/inbox">{t("frame.to_inbox")}</Link>}>
        {t("frame.not_found_help")}
      </Empty>
    </Page>
  );
}
