// Runs scenarios with one provider's official JavaScript SDK, all in this process, and prints what its user would see.
//   node providers.mjs SDK BASE-URL < [{"scenario":"plain","prompt":"…"}, …]     prints an array in the same order
import { text } from 'node:stream/consumers';

const [sdk, baseURL] = process.argv.slice(2);
const wanted = JSON.parse(await text(process.stdin));

// What the SDK really sends over fetch, its own retries included; the AWS SDK counts for itself.
let requests = 0;
const realFetch = globalThis.fetch;
globalThis.fetch = (...request) => {
  requests++;
  return realFetch(...request);
};

const { default: open } = await import(`./providers/${sdk}.mjs`);
const scenarios = open(baseURL, () => requests++);
const outcomes = [];
for (const { scenario, prompt } of wanted) {
  const seen = { text: '', texts: [], finish: null, events: 0, requests: 0, error: null };
  requests = 0;
  try {
    await scenarios[scenario](prompt, seen);
  } catch (error) {
    seen.error = {
      name: error.name && error.name !== 'Error' ? error.name : error.constructor.name,
      status: error.status ?? error.status_code ?? error.statusCode ?? error.$metadata?.httpStatusCode ?? null,
      code: error.code === undefined || error.code === null ? null : String(error.code),
      type: error.type ?? null,
      message: error.message,
    };
  }
  seen.requests = requests;
  outcomes.push(seen);
}
console.log(JSON.stringify(outcomes));
process.exit(0);
