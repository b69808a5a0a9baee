import { App, ConfigProvider } from "antd";
import en from "antd/locale/en_US";
import vi from "antd/locale/vi_VN";
import dayjs from "dayjs";
import "dayjs/locale/vi";
import "dayjs/locale/en-gb";
import type { ReactNode } from "react";
import "./font.css";
import "./base.css";
import "./list.css";
import { congvuTheme } from "./theme";
import { ToastHolder } from "./toast";

/** The one place where the component library is set up. Weeks begin on Monday in both languages. */
export function Provider({ language, children }: { language: "vi" | "en"; children: ReactNode }) {
  dayjs.locale(language === "vi" ? "vi" : "en-gb");
  return (
    <ConfigProvider theme={congvuTheme} locale={language === "vi" ? vi : en} wave={{ disabled: true }}>
      <App component={false}>
        <ToastHolder />
        {children}
      </App>
    </ConfigProvider>
  );
}
