/** What stands for each thing that is taken out: always the same for the same, and never the same for two. */
export interface Pseudonyms {
  text(text: string): string;
  /** For the name of a tool, a server or an agent, wherever it stands. */
  name(name: string): string;
  id(id: string): string;
  key(key: string): string;
  /** A whole number; its digits say nothing. */
  number(literal: string): string;
  /** JSON that was redacted inside of a text, told apart from the same JSON that was spelled in another way. */
  json(text: string, redacted: string): string;
}

export const pseudonyms = (): Pseudonyms => {
  const spelled = new Map<string, string>();
  return {
    text: numbered((count, text) => `[text ${count}: ${text.length} characters]`),
    name: numbered((count) => `name_${count}`),
    id: numbered((count) => `id_${count}`),
    key: numbered((count) => `key_${count}`),
    number: numbered(String),
    json(text, redacted) {
      let different = redacted;
      while ((spelled.get(different) ?? text) !== text) different += ' ';
      spelled.set(different, text);
      return different;
    },
  };
};

const numbered = (make: (count: number, text: string) => string): ((text: string) => string) => {
  const known = new Map<string, string>();
  return (text) => {
    const made = known.get(text) ?? make(known.size + 1, text);
    known.set(text, made);
    return made;
  };
};
