import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { speak } from "@/texts";
import { onSignedOut, put, send, setCsrf } from "./client";
import { asError, type ApiError } from "./error";
import { cache } from "./hooks";
import type { Id, Language, Preferences, Session, SessionPost } from "./types";

interface Holder {
  session: Session | null;
  /** The post acted from; absent when the person fills none. */
  post?: SessionPost;
  language: Language;
  signIn: (login: string, password: string) => Promise<void>;
  signOut: () => Promise<void>;
  choosePost: (post: Id) => Promise<void>;
  chooseLanguage: (language: Language) => Promise<void>;
  refresh: () => Promise<void>;
}

const Context = createContext<Holder | null>(null);

type State = { kind: "asking" } | { kind: "failed"; error: ApiError } | { kind: "known"; session: Session | null };

/** Who is signed in. `children` draws once that is known; `failed` when the server can't be reached. */
export function SessionProvider({ children, failed }: { children: ReactNode; failed: (error: ApiError, retry: () => void) => ReactNode }) {
  const [state, setState] = useState<State>({ kind: "asking" });
  const [language, setLanguage] = useState<Language>("vi");

  const take = useCallback(async (session: Session | null) => {
    setCsrf(session?.csrf ?? "");
    const wanted = session?.account.language ?? "vi";
    await speak(wanted);
    setLanguage(wanted);
    setState({ kind: "known", session });
  }, []);
  const ask = useCallback(async () => {
    try {
      await take(await send<Session>("GET", "/session", { anonymous: true }));
    } catch (caught) {
      const error = asError(caught);
      if (error.status === 401) await take(null);
      else setState({ kind: "failed", error });
    }
  }, [take]);

  useEffect(() => {
    onSignedOut(() => {
      cache.clear();
      void take(null);
    });
    void ask();
  }, [ask, take]);

  const session = state.kind === "known" ? state.session : null;
  const holder = useMemo<Holder>(
    () => ({
      session,
      post: session?.posts.find((post) => post.id === session.post),
      language,
      signIn: async (login, password) => {
        cache.clear();
        await take(await send<Session>("POST", "/session", { body: { login, password }, anonymous: true }));
      },
      signOut: async () => {
        await send("DELETE", "/session", { anonymous: true });
        cache.clear();
        await take(null);
      },
      choosePost: async (post) => {
        const chosen = await put<Session>("/session/post", { post });
        cache.clear();
        await take(chosen);
      },
      chooseLanguage: async (chosen) => {
        await cache.load("/account/preferences", Infinity);
        await put("/account/preferences", { ...cache.get<Preferences>("/account/preferences").data, language: chosen });
        cache.clear();
        await speak(chosen);
        setLanguage(chosen);
      },
      refresh: ask,
    }),
    [session, language, take, ask],
  );

  if (state.kind === "asking") return null;
  if (state.kind === "failed") return <>{failed(state.error, () => void ask())}</>;
  return <Context.Provider value={holder}>{children}</Context.Provider>;
}

/** The highest secrecy seen from the post acted from; where nobody is signed in nothing is above it. */
export const useClearance = (): number => useContext(Context)?.session?.clearance ?? Infinity;

export function useSession(): Holder {
  const holder = useContext(Context);
  if (!holder) throw new Error("useSession outside SessionProvider");
  return holder;
}

/** The session of someone signed in; pages behind the sign-in use this. */
export function useSigned(): Holder & { session: Session } {
  const holder = useSession();
  if (!holder.session) throw new Error("useSigned without a session");
  return holder as Holder & { session: Session };
}
