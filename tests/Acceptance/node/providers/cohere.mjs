import { CohereClientV2 } from 'cohere-ai';

const tools = [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } } }];

export default function open(environment) {
  const client = new CohereClientV2({ token: 'client-key', environment });
  const ask = (prompt, more) => ({ model: 'command-x', messages: [{ role: 'user', content: prompt }], ...more });
  const see = async (prompt, seen, more) => {
    for await (const event of await client.chatStream(ask(prompt, more))) {
      seen.events++;
      if (event.type === 'content-delta') seen.text += event.delta.message.content.text;
      if (event.type === 'tool-call-delta') seen.text += event.delta.message.toolCalls.function.arguments;
      if (event.type === 'message-end') seen.finish = event.delta.finishReason;
    }
  };
  return {
    async plain(prompt, seen) {
      const answer = await client.chat(ask(prompt));
      seen.text = answer.message.content.map((part) => part.text).join('');
      seen.finish = answer.finishReason;
    },
    stream: (prompt, seen) => see(prompt, seen),
    async tool(prompt, seen) {
      const answer = await client.chat(ask(prompt, { tools }));
      seen.text = answer.message.toolCalls[0].function.arguments;
      seen.finish = answer.finishReason;
    },
    toolStream: (prompt, seen) => see(prompt, seen, { tools }),
  };
}
