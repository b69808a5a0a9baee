import type { ThemeConfig } from "antd";

/** Calm and dense: much white, one accent. The same values stand in base.css as --accent and so on. */
export const congvuTheme: ThemeConfig = {
  token: {
    colorPrimary: "#1f4e8c",
    colorInfo: "#1f4e8c",
    colorLink: "#1f4e8c",
    colorLinkHover: "#17396a",
    colorText: "#1b232e",
    colorTextSecondary: "#4a5563",
    colorTextDescription: "#4a5563",
    colorTextPlaceholder: "#697586",
    colorError: "#b42318",
    colorWarning: "#9a5b00",
    colorSuccess: "#1d6b31",
    colorBorder: "#c3cad4",
    colorBorderSecondary: "#e3e7ec",
    borderRadius: 4,
    fontFamily: '"Be Vietnam Pro", system-ui, "Segoe UI", sans-serif',
    fontSize: 13,
    controlHeight: 30,
    wireframe: false,
    motionDurationMid: "0.12s",
    motionDurationSlow: "0.16s",
  },
  components: {
    Tabs: { horizontalItemPadding: "8px 0", horizontalItemGutter: 20 },
    Tree: { nodeSelectedBg: "#dbe7f5", nodeSelectedColor: "#1b232e", nodeHoverBg: "#f1f4f8", titleHeight: 26 },
    Modal: { titleFontSize: 15 },
  },
};
