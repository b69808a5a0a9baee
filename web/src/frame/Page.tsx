import { useEffect, type ReactNode } from "react";
import { t } from "@/texts";

interface Props {
  title: string;
  under?: ReactNode;
  badges?: ReactNode;
  actions?: ReactNode;
  /** Fills the window and scrolls inside. */
  tall?: boolean;
  children: ReactNode;
}

/** A page's head and body; one primary button a page stands among its actions. */
export function Page({ title, under, badges, actions, tall, children }: Props) {
  useEffect(() => {
    document.title = title ? `${title} · ${t("session.product")}` : t("session.product");
  }, [title]);
  return (
    <div className={`page ${tall ? "tall" : ""}`}>
      <div className="page-head">
        <div className="grow">
          <h1>{title}</h1>
          {(under || badges) && (
            <div className="under row wrap">
              {badges}
              <span>{under}</span>
            </div>
          )}
        </div>
        {actions}
      </div>
      {children}
    </div>
  );
}
