import { Link } from "react-router-dom";
import { useRegisters } from "@/api/registers";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Empty, State } from "@/ui/Panel";
import "./registers.css";

/** Every register the post may use, by group. */
export function RegistersPage() {
  const registers = useRegisters();
  return (
    <Page title={t("registers.title")}>
      <State of={registers} empty={<Empty title={t("registers.none")}>{t("registers.none_help")}</Empty>}>
        {(all) => (
          <div className="register-index">
            {[...new Set(all.map((register) => register.group))].map((group) => {
              const of = all.filter((register) => register.group === group);
              return (
                <section key={group}>
                  <h2>{of[0]!.group_label}</h2>
                  <ul>
                    {of.map((register) => (
                      <li key={register.code}>
                        <Link to={`/registers/${register.code}`}>{register.title}</Link>
                      </li>
                    ))}
                  </ul>
                </section>
              );
            })}
          </div>
        )}
      </State>
    </Page>
  );
}
