import { Ollama } from 'ollama';

const tools = [{ type: 'function', function: { name: 'get_weather', description: 'd', parameters: { type: 'object', properties: { city: { type: 'string' } } } } }];

export default function open(host) {
  const client = new Ollama({ host, fetch: (...request) => globalThis.fetch(...request) });
  const ask = (prompt, more) => ({ model: 'm', messages: [{ role: 'user', content: prompt }], ...more });
  const see = (answer, seen) => {
    seen.text += answer.message.content;
    seen.finish = answer.done_reason ?? seen.finish;
    if (answer.message.tool_calls) seen.text = JSON.stringify(answer.message.tool_calls[0].function.arguments);
  };
  return {
    async plain(prompt, seen) {
      see(await client.chat(ask(prompt)), seen);
    },
    async stream(prompt, seen) {
      for await (const line of await client.chat(ask(prompt, { stream: true }))) {
        seen.events++;
        see(line, seen);
      }
    },
    async tool(prompt, seen) {
      see(await client.chat(ask(prompt, { tools })), seen);
    },
    async toolStream(prompt, seen) {
      for await (const line of await client.chat(ask(prompt, { tools, stream: true }))) see(line, seen);
    },
    async generate(prompt, seen) {
      for await (const line of await client.generate({ model: 'm', prompt, stream: true })) {
        seen.text += line.response;
        seen.finish = line.done_reason ?? seen.finish;
      }
    },
  };
}
