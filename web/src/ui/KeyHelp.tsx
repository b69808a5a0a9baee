import { useState } from "react";
import { useKeys } from "@/base/keys";
import { t, type TextKey } from "@/texts";
import { Dialog } from "./Dialog";

const keys: [string, TextKey][] = [
  ["/", "keys.search"],
  ["J", "keys.down"],
  ["K", "keys.up"],
  ["Enter", "keys.open"],
  ["X", "keys.tick"],
  ["B", "keys.instruct"],
  ["C", "keys.forward"],
  ["R", "keys.return"],
  ["H", "keys.file"],
  ["Ctrl+Enter", "keys.save_next"],
  ["?", "keys.help"],
];

/** `?` tells the keys. */
export function KeyHelp() {
  const [open, setOpen] = useState(false);
  useKeys({ "?": () => setOpen(true) });
  return (
    <Dialog title={t("keys.title")} open={open} close={() => setOpen(false)} width={420}>
      <table style={{ borderSpacing: "0 6px" }}>
        <tbody>
          {keys.map(([key, text]) => (
            <tr key={key}>
              <th scope="row" style={{ textAlign: "left", width: 120, fontWeight: 400 }}>
                <kbd>{key}</kbd>
              </th>
              <td>{t(text)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">{t("keys.rest")}</p>
    </Dialog>
  );
}
