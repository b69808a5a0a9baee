import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { speak } from "@/texts";
import { onMistaken, onSignedOut, put, send, setCsrf } from "./client";
import { asError, type ApiError } from "./error";
import { forget } from "./forget";
import { cache } from "./hooks";
import type { Id, Language, Preferences, Session, SessionPost } from "./types";
import { useOtherWindows } from "./windows";

interface Holder {
  /** Who is signed in; once the session has ended still whoever was, until they sign in again or leave. */
  session: Session | null;
  /** The session has ended: the page stands as it was, covered, until the same account signs in again. */
  ended: boolean;
  /** The post the session went over to in another window; this page stands covered until one of the two is chosen. */
  elsewhere?: SessionPost;
  /** The post acted from; absent when the person fills none. */
  post?: SessionPost;
  language: Language;
  signIn: (login: string, password: string) => Promise<void>;
  signOut: () => Promise<void>;
  /** Leaves an ended session for good: nothing of it stays. */
  leave: () => void;
  choosePost: (post: Id) => Promise<void>;
  chooseLanguage: (language: Language) => Promise<void>;
  refresh: () => Promise<void>;
}

const Context = createContext<Holder | null>(null);

type State = { kind: "asking" } | { kind: "failed"; error: ApiError } | { kind: "known"; session: Session | null; ended: boolean; elsewhere?: Session };

const postOf = (session: Session | null | undefined, id = session?.post) => session?.posts.find((post) => post.id === id);

/** Who is signed in. `children` draws once that is known; `failed` when the server can't be reached. */
export function SessionProvider({ children, failed }: { children: ReactNode; failed: (error: ApiError, retry: () => void) => ReactNode }) {
  const [state, setState] = useState<State>({ kind: "asking" });
  const [language, setLanguage] = useState<Language>("vi");
  /** Whose page this is. */
  const mine = useRef<Session | null>(null);
  /** What waits until the ended session goes on, or does not. */
  const waiting = useRef<{ promise: Promise<boolean>; settle: (again: boolean) => void } | null>(null);

  const settle = useCallback((again: boolean) => {
    waiting.current?.settle(again);
    waiting.current = null;
  }, []);
  const take = useCallback(async (session: Session | null) => {
    mine.current = session;
    setCsrf(session?.csrf ?? "", session ? `${session.account.id}:${session.post ?? 0}` : "");
    const wanted = session?.account.language ?? "vi";
    await speak(wanted);
    setLanguage(wanted);
    setState({ kind: "known", session, ended: false });
  }, []);
  /** Another account, or none: nothing of the former one stays. */
  const change = useCallback(
    async (session: Session | null) => {
      forget();
      await take(session);
      settle(false);
    },
    [take, settle],
  );
  /** The same account again: the page goes on where it was, in its post. */
  const goOn = useCallback(
    async (session: Session) => {
      const former = mine.current?.post;
      setCsrf(session.csrf);
      const again = former !== session.post && postOf(session, former) ? await put<Session>("/session/post", { post: former }) : session;
      await take(again);
      settle(true);
      cache.invalidate("/");
    },
    [take, settle],
  );
  const end = useCallback(() => {
    if (!mine.current) return undefined;
    if (!waiting.current) {
      let settled: (again: boolean) => void = () => undefined;
      const promise = new Promise<boolean>((resolve) => (settled = resolve));
      waiting.current = { promise, settle: settled };
      setState({ kind: "known", session: mine.current, ended: true });
    }
    return waiting.current.promise;
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
  /** Holds this page against what the server says by now. */
  const look = useCallback(async () => {
    let seen: Session | null;
    try {
      seen = await send<Session>("GET", "/session", { anonymous: true });
    } catch (caught) {
      if (asError(caught).status !== 401) return;
      seen = null;
    }
    const own = mine.current;
    if (!seen) void end();
    else if (own?.account.id !== seen.account.id) await change(seen);
    else if (waiting.current) await goOn(seen);
    else if (own.post !== seen.post) {
      setCsrf(seen.csrf, `${own.account.id}:${own.post ?? 0}`);
      setState({ kind: "known", session: own, ended: false, elsewhere: seen });
    } else {
      mine.current = { ...own, csrf: seen.csrf };
      setCsrf(seen.csrf, `${own.account.id}:${own.post ?? 0}`);
      setState((now) => (now.kind === "known" && now.elsewhere ? { kind: "known", session: own, ended: false } : now));
    }
  }, [change, end, goOn]);
  const tellOthers = useOtherWindows(state.kind === "known", look);

  useEffect(() => {
    onSignedOut(end);
    onMistaken(() => void look());
    void ask();
  }, [ask, end, look]);

  const known = state.kind === "known" ? state : null;
  const session = known?.session ?? null;
  const holder = useMemo<Holder>(
    () => ({
      session,
      ended: known?.ended ?? false,
      elsewhere: postOf(known?.elsewhere),
      post: postOf(session),
      language,
      signIn: async (login, password) => {
        const fresh = await send<Session>("POST", "/session", { body: { login, password }, anonymous: true });
        await (mine.current?.account.id === fresh.account.id ? goOn(fresh) : change(fresh));
        tellOthers();
      },
      signOut: async () => {
        await send("DELETE", "/session", { anonymous: true });
        await change(null);
        tellOthers();
      },
      leave: () => void change(null),
      choosePost: async (post) => {
        const chosen = await put<Session>("/session/post", { post });
        const goesOn = chosen.post === mine.current?.post;
        if (!goesOn) cache.clear();
        await take(chosen);
        if (goesOn) cache.invalidate("/");
        tellOthers();
      },
      chooseLanguage: async (chosen) => {
        const preferences = await send<Preferences>("GET", "/account/preferences");
        await put("/account/preferences", { ...preferences, language: chosen });
        cache.clear();
        await speak(chosen);
        setLanguage(chosen);
      },
      refresh: ask,
    }),
    [session, known, language, take, ask, change, goOn, tellOthers],
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
