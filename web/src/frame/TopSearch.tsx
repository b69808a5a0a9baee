import { useEffect, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router-dom";
import { useKeys } from "@/base/keys";
import { t } from "@/texts";
import { SearchOutlined } from "@/ui/icons";
import { TextInput } from "@/ui/inputs";

/** One box for all kinds; `/` goes there from anywhere. */
export function TopSearch() {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const asked = pathname === "/search" ? (new URLSearchParams(search).get("q") ?? "") : "";
  const [q, setQ] = useState(asked);
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => setQ(asked), [asked]);
  useKeys({ "/": () => box.current?.querySelector("input")?.focus() });
  return (
    <form
      ref={box}
      role="search"
      className="frame-search"
      onSubmit={(event) => {
        event.preventDefault();
        if (q.trim()) navigate(`/search?q=${encodeURIComponent(q.trim())}`);
      }}
    >
      <TextInput value={q} onChange={setQ} type="search" label={t("frame.search")} placeholder={t("frame.search")} prefix={<SearchOutlined aria-hidden="true" />} />
    </form>
  );
}
