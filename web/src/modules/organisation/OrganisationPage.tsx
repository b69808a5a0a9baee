import { useNavigate, useParams } from "react-router-dom";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Tabs } from "@/ui/Tabs";
import { AccountsSection } from "./AccountsSection";
import { ActingSection } from "./ActingSection";
import { HandOversSection } from "./HandOversSection";
import { RightChangesSection } from "./RightChangesSection";
import { SigningSection } from "./SigningSection";
import { UnitsSection } from "./UnitsSection";
import "./organisation.css";

const sections = ["units", "accounts", "acting", "signing-authorities", "right-changes", "hand-overs"] as const;
type Section = (typeof sections)[number];

const parts: Record<Section, () => React.ReactNode> = {
  units: () => <UnitsSection />,
  accounts: () => <AccountsSection />,
  acting: () => <ActingSection />,
  "signing-authorities": () => <SigningSection />,
  "right-changes": () => <RightChangesSection />,
  "hand-overs": () => <HandOversSection />,
};

/** The tree of units, its people and what they may do. */
export function OrganisationPage() {
  const { section: asked } = useParams();
  const section = sections.find((each) => each === asked) ?? "units";
  const navigate = useNavigate();
  return (
    <Page tall title={t("organisation.title")}>
      <Tabs label={t("organisation.title")} active={section} onChange={(key) => navigate(`/organisation/${key}`)} items={sections.map((each) => ({ key: each, label: t(`organisation.${each}`) }))} />
      {parts[section]()}
    </Page>
  );
}
