import { useEffect } from "react";
import { Link, useLocation } from "react-router-dom";
import { cache, useGet } from "@/api/hooks";
import type { MenuGroup } from "@/api/types";
import { showCount } from "@/base/numbers";
import { MenuIcon } from "@/ui/MenuIcon";
import { State } from "@/ui/Panel";
import { t } from "@/texts";

/** What others do moves the counts too: who goes to another page sees none older than this. */
const countsFor = 15_000;

/** How well an address fits the place: all its parameters must be there, the longest fitting one wins. */
export function fit(path: string, pathname: string, search: string): number {
  const [wantedPath = "", wantedQuery = ""] = path.split("?");
  if (pathname !== wantedPath && !pathname.startsWith(`${wantedPath}/`)) return -1;
  const here = new URLSearchParams(search);
  let parameters = 0;
  for (const [name, value] of new URLSearchParams(wantedQuery)) {
    if (here.get(name) !== value) return -1;
    parameters += 1;
  }
  return wantedPath.length * 10 + parameters;
}

/** What the menu calls the place one is at, when it is this page; so that title and menu say the same. */
export function useMenuLabel(page: string): string | undefined {
  const menu = useGet<MenuGroup[]>("/menu");
  const { pathname, search } = useLocation();
  const items = (menu.data ?? []).flatMap((group) => group.items).filter((item) => item.path.split("?")[0] === page);
  const fits = items.map((item) => fit(item.path, pathname, search));
  const best = Math.max(-1, ...fits);
  return best < 0 ? undefined : items[fits.indexOf(best)]?.label;
}

export function LeftMenu({ onGo }: { onGo?: () => void }) {
  const menu = useGet<MenuGroup[]>("/menu");
  const { pathname, search } = useLocation();
  useEffect(() => void cache.load("/menu", countsFor), [pathname, search]);
  return (
    <State of={menu} empty={<div className="notice">{t("frame.menu_empty")}</div>}>
      {(groups) => {
        const items = groups.flatMap((group) => group.items);
        const best = Math.max(0, ...items.map((item) => fit(item.path, pathname, search)));
        return (
          <div className="menu">
            {groups.map((group) => (
              <section key={group.code} aria-label={group.label}>
                <h2>{group.label}</h2>
                <ul>
                  {group.items.map((item) => (
                    <li key={item.code}>
                      <Link to={item.path} onClick={onGo} className={item.level === 2 ? "level-2" : undefined} aria-current={fit(item.path, pathname, search) === best ? "page" : undefined}>
                        {item.level !== 2 && <MenuIcon name={item.icon} code={item.code} />}
                        <span>{item.label}</span>
                        {item.count && item.count.number > 0 && <span className="count">{showCount(item.count)}</span>}
                      </Link>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
        );
      }}
    </State>
  );
}
