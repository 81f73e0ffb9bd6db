import { Mistral } from '@mistralai/mistralai';

const tools = [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } } }];

export default function open(serverURL) {
  const client = new Mistral({ apiKey: 'client-key', serverURL });
  const ask = (prompt, more) => ({ model: 'mistral-x', messages: [{ role: 'user', content: prompt }], ...more });
  const see = async (prompt, seen, more) => {
    for await (const { data } of await client.chat.stream(ask(prompt, more))) {
      seen.events++;
      const [choice] = data.choices;
      if (!choice) continue;
      seen.text += choice.delta.content ?? '';
      seen.text += choice.delta.toolCalls?.[0]?.function.arguments ?? '';
      seen.finish = choice.finishReason ?? seen.finish;
    }
  };
  return {
    async plain(prompt, seen) {
      const answer = await client.chat.complete(ask(prompt));
      seen.text = answer.choices[0].message.content;
      seen.finish = answer.choices[0].finishReason;
    },
    stream: (prompt, seen) => see(prompt, seen),
    async tool(prompt, seen) {
      const answer = await client.chat.complete(ask(prompt, { tools }));
      seen.text = answer.choices[0].message.toolCalls[0].function.arguments;
      seen.finish = answer.choices[0].finishReason;
    },
    toolStream: (prompt, seen) => see(prompt, seen, { tools }),
  };
}
