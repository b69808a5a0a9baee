import { Link, useNavigate, useParams } from "react-router-dom";
import { useGet } from "@/api/hooks";
import type { Catalogue, CatalogueList, CatalogueRegister, ListItems } from "@/api/types";
import { showDay, showInstant } from "@/base/dates";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Empty, State } from "@/ui/Panel";
import { Tabs } from "@/ui/Tabs";
import "./upkeep.css";

/** The registers and the shared lists this server has, as they are declared now. */
export function ListsPage() {
  const { list, part } = useParams();
  const navigate = useNavigate();
  const catalogue = useGet<Catalogue>("/lists");
  if (list) return <OneList code={list} />;
  const active = part === "shared" ? "shared" : "registers";
  return (
    <Page title={t("lists.title")} under={t("lists.help")}>
      <Tabs
        label={t("lists.title")}
        active={active}
        onChange={(key) => navigate(key === "shared" ? "/lists/part/shared" : "/lists")}
        items={(["registers", "shared"] as const).map((key) => ({ key, label: catalogue.data ? `${t(`lists.${key}`)} (${catalogue.data[key === "shared" ? "lists" : "registers"].length})` : t(`lists.${key}`) }))}
      />
      <State of={catalogue}>{(all) => (active === "shared" ? <Shared lists={all.lists} /> : <Registers registers={all.registers} lists={all.lists} />)}</State>
    </Page>
  );
}

function Registers({ registers, lists }: { registers: CatalogueRegister[]; lists: CatalogueList[] }) {
  return (
    <ul className="upkeep-list">
      {registers.map((register) => (
        <li key={register.code}>
          <div className="grow">
            <span className="strong">{register.title}</span> <span className="quiet small">{register.code}</span>
            {register.basis && <div className="small quiet">{register.basis}</div>}
            {register.lists.length > 0 && (
              <div className="small">
                {t("lists.uses")}{" "}
                {register.lists.map((code, index) => (
                  <span key={code}>
                    {index > 0 && ", "}
                    <Link to={`/lists/${code}`}>{lists.find((list) => list.code === code)?.label ?? code}</Link>
                  </span>
                ))}
              </div>
            )}
          </div>
          <div className="upkeep-facts small">
            <span>{t("lists.fields", { count: String(register.fields) })}</span>
            <span>{t("lists.states", { count: String(register.states) })}</span>
            <span>{t("lists.version", { number: String(register.version), at: showInstant(register.published_at) })}</span>
            <Badge tone={register.shipped ? "grey" : "blue"}>{t(register.shipped ? "lists.shipped" : "lists.own")}</Badge>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Shared({ lists }: { lists: CatalogueList[] }) {
  return (
    <ul className="upkeep-list">
      {lists.map((list) => (
        <li key={list.code}>
          <div className="grow">
            <Link to={`/lists/${list.code}`}>{list.label}</Link> <span className="quiet small">{list.code}</span>
            <div className="small quiet">{list.used_by.length > 0 ? `${t("lists.used_by")} ${list.used_by.join(", ")}` : t("lists.unused")}</div>
          </div>
          <div className="upkeep-facts small">
            <span>{t("lists.in_force", { count: String(list.in_force) })}</span>
            {list.items > list.in_force && <span>{t("lists.not_in_force", { count: String(list.items - list.in_force) })}</span>}
          </div>
        </li>
      ))}
    </ul>
  );
}

function OneList({ code }: { code: string }) {
  const list = useGet<ListItems>(`/lists/${code}`);
  return (
    <Page title={list.data?.label ?? t("lists.title")} under={<Link to="/lists/part/shared">{t("lists.back")}</Link>}>
      <State of={list} isEmpty={list.data?.items.length === 0} empty={<Empty title={t("lists.title")}>{t("lists.help")}</Empty>}>
        {({ label, items }) => (
          <div className="upkeep-table" tabIndex={0} role="region" aria-label={label}>
            <table>
              <thead>
                <tr>
                  <th>{t("lists.item")}</th>
                  <th>{t("lists.abbreviation")}</th>
                  <th>{t("lists.valid_from")}</th>
                  <th>{t("lists.valid_to")}</th>
                  <th>{t("lists.basis")}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={item.code} className={item.in_force ? undefined : "quiet"}>
                    <td>
                      {item.label} {!item.in_force && <Badge tone="grey">{t("lists.over")}</Badge>}
                    </td>
                    <td>{item.abbreviation}</td>
                    <td className="number">{showDay(item.valid_from)}</td>
                    <td className="number">{showDay(item.valid_to)}</td>
                    <td>{item.basis}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </State>
    </Page>
  );
}
