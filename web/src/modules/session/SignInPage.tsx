import { useState } from "react";
import { language, speak, t } from "@/texts";
import { SignInForm } from "./SignInForm";
import "./session.css";

export function SignInPage() {
  const [spoken, setSpoken] = useState(language());
  return (
    <main className="gate">
      <div className="gate-box">
        <div>
          <h1>{t("session.product")}</h1>
          <div className="quiet">{t("session.tagline")}</div>
        </div>
        <SignInForm />
        <div className="quiet small">{t("session.forgotten")}</div>
        <div className="gate-languages">
          {(["vi", "en"] as const).map((each) => (
            <button key={each} type="button" lang={each} aria-pressed={spoken === each} onClick={() => void speak(each).then(() => setSpoken(each))}>
              {each === "vi" ? "Tiếng Việt" : "English"}
            </button>
          ))}
        </div>
      </div>
    </main>
  );
}
