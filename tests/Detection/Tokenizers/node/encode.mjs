// Reads {tokenizer, texts} a line, texts as base64 of UTF-16; writes for each line [[ids], [[start, end], …]] of every text,
// places counted in code points.
import { readFileSync, writeFileSync } from "node:fs";
import { Tokenizer } from "tokenizers";

const [input, output] = process.argv.slice(2);
const lines = readFileSync(input, "utf8").split("\n").filter(Boolean);
const results = [];
for (const line of lines) {
  const { tokenizer, texts } = JSON.parse(line);
  const reference = Tokenizer.fromString(tokenizer);
  const answers = [];
  for (const text of texts) {
    try {
      const encoding = await reference.encode(Buffer.from(text, "base64").toString("utf16le"), null, { addSpecialTokens: true });
      answers.push([encoding.getIds(), encoding.getOffsets()]);
    } catch {
      answers.push(null);
    }
  }
  results.push(JSON.stringify(answers));
}
writeFileSync(output, results.join("\n") + "\n");
