import { useDo } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { SessionPost } from "@/api/types";
import { t } from "@/texts";
import { Button } from "@/ui/controls";
import { Cover } from "@/ui/Cover";
import { Fault } from "@/ui/Fault";
import { SignInForm } from "./SignInForm";
import "./session.css";

/** What stands over a page whose session is not as it was when the page was drawn. */
export function Covers() {
  const { ended, elsewhere } = useSigned();
  if (ended) return <SignInAgain />;
  return elsewhere ? <OtherPost theirs={elsewhere} /> : null;
}

/** The session has ended; what was being typed waits behind. */
function SignInAgain() {
  const { session, leave } = useSigned();
  return (
    <Cover title={t("session.ended_title")} hides>
      <div>{t("session.ended_help", { login: session.account.login })}</div>
      <SignInForm known={session.account.login} />
      <Button look="quiet" onClick={leave}>
        {t("session.leave")}
      </Button>
    </Cover>
  );
}

const named = (post: SessionPost) => `${post.title}, ${post.unit.name}${post.acting_for ? ` (${t("frame.acting_short", { person: post.acting_for })})` : ""}`;

/** Another window acts from another post by now: this one does nothing in either name until one is chosen. */
function OtherPost({ theirs }: { theirs: SessionPost }) {
  const { post, choosePost } = useSigned();
  const choose = useDo(choosePost);
  return (
    <Cover title={t("session.other_post")}>
      <div>{t("session.other_post_help", { post: named(theirs) })}</div>
      <Fault error={choose.error} />
      <div className="column">
        {post && (
          <Button look="primary" className="choice" loading={choose.running} onClick={() => void choose.run(post.id)}>
            {t("session.back_to_post", { post: named(post) })}
          </Button>
        )}
        <Button className="choice" disabled={choose.running} onClick={() => void choose.run(theirs.id)}>
          {t("session.go_to_post", { post: named(theirs) })}
        </Button>
      </div>
    </Cover>
  );
}
