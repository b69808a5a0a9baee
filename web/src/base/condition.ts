/**
 * Enough of the register's expression language (src/core/expression) to hide a field while a form is typed: names,
 * literals, comparison, in, !, && and ||. What it can't read, or a name it doesn't know, gives undefined: the field is
 * shown, and the server decides.
 */
type Scalar = string | number | boolean | null;
type Result = Scalar | undefined;

const token = /\s*(?:("(?:[^"\\]|\\.)*")|(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(&&|\|\||==|!=|<=|>=|[<>!()[\],]))/y;

function tokens(text: string): string[] | undefined {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const match = token.exec(text);
    if (!match) return undefined;
    found.push(match[0].trim());
  }
  return found;
}

class Unreadable extends Error {}

class Reader {
  private at = 0;
  constructor(
    private words: string[],
    private values: Record<string, unknown>,
  ) {}

  whole(): Result {
    const result = this.either();
    if (this.at < this.words.length) throw new Unreadable();
    return result;
  }

  private take(word: string): boolean {
    if (this.words[this.at] !== word) return false;
    this.at += 1;
    return true;
  }

  private either(): Result {
    let left = this.both();
    while (this.take("||")) {
      const right = this.both();
      left = left === true || right === true ? true : left === undefined || right === undefined ? undefined : false;
    }
    return left;
  }

  private both(): Result {
    let left = this.compared();
    while (this.take("&&")) {
      const right = this.compared();
      left = left === false || right === false ? false : left === undefined || right === undefined ? undefined : left === true && right === true;
    }
    return left;
  }

  private compared(): Result {
    const left = this.one();
    const word = this.words[this.at];
    if (word === "in") {
      this.at += 1;
      const list = this.list();
      return left === undefined ? undefined : list.includes(left);
    }
    if (!word || !["==", "!=", "<", "<=", ">", ">="].includes(word)) return left;
    this.at += 1;
    const right = this.one();
    if (left === undefined || right === undefined) return undefined;
    if (word === "==") return left === right;
    if (word === "!=") return left !== right;
    if (left === null || right === null) return null;
    return word === "<" ? left < right : word === "<=" ? left <= right : word === ">" ? left > right : left >= right;
  }

  private list(): Result[] {
    if (!this.take("[")) throw new Unreadable();
    const items: Result[] = [];
    while (!this.take("]")) {
      items.push(this.one());
      this.take(",");
      if (this.at >= this.words.length) throw new Unreadable();
    }
    return items;
  }

  private one(): Result {
    if (this.take("!")) {
      const value = this.one();
      return value === undefined ? undefined : value !== true;
    }
    if (this.take("(")) {
      const value = this.either();
      if (!this.take(")")) throw new Unreadable();
      return value;
    }
    const word = this.words[this.at];
    if (word === undefined || this.words[this.at + 1] === "(") throw new Unreadable();
    this.at += 1;
    if (word.startsWith('"')) return JSON.parse(word) as string;
    if (/^\d/.test(word)) return Number(word);
    if (word === "true" || word === "false") return word === "true";
    if (word === "null") return null;
    if (!/^[A-Za-z_]/.test(word)) throw new Unreadable();
    if (!(word in this.values)) return undefined;
    const value = this.values[word];
    return value === "" || value === null || value === undefined ? null : ["string", "number", "boolean"].includes(typeof value) ? (value as Scalar) : undefined;
  }
}

/** True or false; undefined when it can't be told here. A null condition is false, as on the server. */
export function holds(condition: string, values: Record<string, unknown>): boolean | undefined {
  const words = tokens(condition);
  if (!words) return undefined;
  try {
    const result = new Reader(words, values).whole();
    return result === undefined ? undefined : result === true;
  } catch (error) {
    if (error instanceof Unreadable || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
