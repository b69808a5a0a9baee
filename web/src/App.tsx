import { RouterProvider } from "react-router-dom";
import { SessionProvider, useSession } from "@/api/session";
import { Covers } from "@/modules/session/Covers";
import { SignInPage } from "@/modules/session/SignInPage";
import { FirstPasswordPage } from "@/modules/session/FirstPasswordPage";
import { Unreachable } from "@/modules/session/Unreachable";
import { useEvents } from "@/api/events";
import { Provider } from "@/ui/Provider";
import { router } from "./routes";

export function App() {
  return (
    <SessionProvider
      failed={(error, retry) => (
        <Provider language="vi">
          <Unreachable error={error} retry={retry} />
        </Provider>
      )}
    >
      <Inside />
    </SessionProvider>
  );
}

function Inside() {
  const { session, language, ended } = useSession();
  useEvents(session && !ended ? `${session.account.id}:${session.post ?? 0}` : null);
  // Another language, another person or another post: every text and every list is drawn anew.
  return (
    <Provider language={language}>
      {!session ? <SignInPage /> : session.account.must_change_password ? <FirstPasswordPage /> : <RouterProvider key={`${language}:${session.account.id}:${session.post ?? 0}`} router={router} future={{ v7_startTransition: true }} />}
      {session && <Covers />}
    </Provider>
  );
}
